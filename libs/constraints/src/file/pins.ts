/** The grammar of a constraint file: `name==version` lines and comments, because pip obeys anything else it finds there. */
import { normaliseName } from '@nx-ci-cache/config';
import { CiCacheError } from '@nx-ci-cache/process';

export { normaliseName };

/** Versions by normalised name. */
export type Pins = ReadonlyMap<string, string>;

const pin = /^([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)==([A-Za-z0-9.!+_-]+)$/;

/** @throws CiCacheError `ResolveFailed` naming the first line that is no pin, and a name that stands there twice. */
export const parsePins = (text: string, source: string): Pins => {
  const pins = new Map<string, string>();
  text.split('\n').forEach((raw, index) => {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) return;
    const [, name, version] = pin.exec(line) ?? [];
    if (name === undefined || version === undefined) throw notPin(source, index + 1, line, 'no name==version line');
    if (pins.has(normaliseName(name))) throw notPin(source, index + 1, line, 'a second pin of one name');
    pins.set(normaliseName(name), version);
  });
  return pins;
};

const notPin = (source: string, line: number, text: string, what: string) =>
  new CiCacheError('ResolveFailed', `${source}: line ${line} is ${what}: ${JSON.stringify(text)}`, {
    remedy:
      'A constraint file may hold only released packages: remove the URL, path or own package from the requirements.',
    data: { source, line },
  });
