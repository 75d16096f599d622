/** Entries of a git tree as values. */

export interface TreeEntry {
  /** `100644`, `100755`, `120000` (symbolic link) or `160000` (submodule). */
  readonly mode: string;
  readonly objectId: string;
  /** Relative to the listed folder. */
  readonly path: string;
}

/** Parses `git ls-tree -z`; group-writable files of old trees become plain ones, as in a checkout. */
export const parseTree = (listing: string): TreeEntry[] =>
  listing
    .split('\0')
    .filter((record) => record !== '')
    .map((record) => {
      const [, mode = '', objectId = '', path = ''] = /^(\d+) \w+ ([0-9a-f]+)\t([\s\S]+)$/.exec(record) ?? [];
      return { mode: mode === '100664' ? '100644' : mode, objectId, path };
    });
