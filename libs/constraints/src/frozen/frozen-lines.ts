/** Lines of a freeze, each of exactly one kind: a pin, something built from the image's own sources, or a fault. */
import { normaliseName } from '../pins';

export type FrozenLine =
  | { readonly kind: 'pin'; readonly name: string; readonly version: string }
  /** Built from files of the image: it has no release to pin. */
  | { readonly kind: 'source'; readonly line: string }
  | { readonly kind: 'fault'; readonly line: string };

const pin = /^([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)===?([A-Za-z0-9.!+_-]+)$/;
const fromSource = /^(-e\s|--editable\s|[A-Za-z0-9._-]+ @ file:)/;

/** A package from another place, such as `name @ https://…`, is a fault: leaving it out would hide it. */
export const frozenLines = (text: string): FrozenLine[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, name, version] = pin.exec(line) ?? [];
      if (name !== undefined && version !== undefined) return { kind: 'pin', name: normaliseName(name), version };
      return { kind: fromSource.test(line) ? 'source' : 'fault', line };
    });
