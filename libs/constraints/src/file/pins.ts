/** The pins of a file that must hold nothing but pins and comments. */
import { normaliseName } from '@nx-ci-cache/config';
import { CiCacheError } from '@nx-ci-cache/process';
import { pinOf } from '@nx-ci-cache/records';

export { normaliseName };

/** Versions by normalised name. */
export type Pins = ReadonlyMap<string, string>;

/** @throws CiCacheError `ResolveFailed` naming the first line that is no pin, and a name that stands there twice. */
export const parsePins = (text: string, source: string): Pins => {
  const pins = new Map<string, string>();
  text.split('\n').forEach((raw, index) => {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) return;
    const pin = pinOf(line);
    if (pin === undefined) throw notPin(source, index + 1, line, 'no name==version line');
    const name = normaliseName(pin.name);
    if (pins.has(name)) throw notPin(source, index + 1, line, 'a second pin of one name');
    pins.set(name, pin.version);
  });
  return pins;
};

const notPin = (source: string, line: number, text: string, what: string) =>
  new CiCacheError('ResolveFailed', `${source}: line ${line} is ${what}: ${JSON.stringify(text)}`, {
    remedy:
      'A constraint file may hold only released packages: remove the URL, path or own package from the requirements.',
    data: { source, line },
  });
