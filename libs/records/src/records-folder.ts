/**
 * The folder of a project's records, spelled so that Nx reads it only one way: inputs and outputs are globs to Nx, which
 * knows no escape, and a facts file that a glob does not match is a hash without it, that is a false cache hit.
 */

/** Ours lie beside the folders of projects inside this one: such a project must not be taken for one of ours. */
const ours = /^(cells|published|pushed|plan|legs|logs|images|constraints(-.*)?|.*\.(json|md|html))$/i;

/**
 * `dist/<project root>` as people know it for letters, digits, `.`, `_` and `-`. Every other byte is `~` and its two hex
 * digits; a folder inside another, named as one of ours is, ends with `~`; the workspace's root is `root~`. So no two
 * projects share a folder, and none has its own among the records of another.
 */
export const recordsFolder = (projectRoot: string): string => {
  const segments = projectRoot.split('/').filter((segment) => segment !== '' && segment !== '.');
  if (segments.length === 0) return 'dist/root~';
  return [
    'dist',
    ...segments.map((segment, depth) => `${escaped(segment)}${depth > 0 && ours.test(segment) ? '~' : ''}`),
  ].join('/');
};

const escaped = (segment: string): string =>
  segment.replace(/[^A-Za-z0-9._-]/gu, (character) =>
    [...Buffer.from(character)].map((byte) => `~${byte.toString(16).padStart(2, '0')}`).join(''),
  );
