/** Lines of a freeze, each of exactly one kind: a pin, something built from the image's own sources, or a fault. */
import { normaliseName } from '../file/pins';

export type FrozenLine =
  | { readonly kind: 'pin'; readonly name: string; readonly version: string }
  /** Built from files of the image: it has no release to pin. */
  | { readonly kind: 'source'; readonly line: string }
  /** From another place: only an own package may come from there, because leaving out a stranger's would hide it. */
  | { readonly kind: 'elsewhere'; readonly name: string; readonly line: string }
  | { readonly kind: 'fault'; readonly line: string };

const name = '([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)';
const pin = new RegExp(`^${name}===?([A-Za-z0-9.!+_-]+)$`);
const fromSource = new RegExp(`^(?:(?:-e|--editable)\\s+(?:file:|/)|${name} @ file:)`);
/** pip tells the name of an editable install out of a repository behind `#egg=`. */
const fromElsewhere = new RegExp(`^(?:${name} @ \\S+|(?:-e|--editable)\\s.*#(?:.*&)?egg=${name}(?:&.*)?)$`);

export const frozenLines = (text: string): FrozenLine[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map(frozenLine);

const frozenLine = (line: string): FrozenLine => {
  const [, pinned, version] = pin.exec(line) ?? [];
  if (pinned !== undefined && version !== undefined) return { kind: 'pin', name: normaliseName(pinned), version };
  if (fromSource.test(line)) return { kind: 'source', line };
  const [, named, egg] = fromElsewhere.exec(line) ?? [];
  const of = named ?? egg;
  return of === undefined ? { kind: 'fault', line } : { kind: 'elsewhere', name: normaliseName(of), line };
};
