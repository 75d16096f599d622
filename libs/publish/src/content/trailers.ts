/** What a commit says about its files: which source commit they were made from and up to when the index was seen. */
import { isOid } from './oid';

/** Where published content came from. */
export interface Source {
  /** Full object id of the source commit. */
  readonly commit: string;
  /** The instant up to which the package index was seen, ISO 8601 UTC. */
  readonly cutoff: string;
}

/** Trailers of a commit message; of a name that stands there several times, all values in order. */
export type Trailers = Readonly<Record<string, readonly string[]>>;

const trailer = /^([A-Za-z][A-Za-z-]*): (.+)$/;

/** Reads the last paragraph when all its lines are trailers, as git does. */
export const parseTrailers = (message: string): Trailers => {
  const lines = (
    message
      .trimEnd()
      .split(/\n\s*\n/)
      .at(-1) ?? ''
  ).split('\n');
  const pairs = lines.map((line) => trailer.exec(line));
  if (pairs.some((pair) => pair === null)) return {};
  const found: Record<string, string[]> = {};
  for (const pair of pairs) (found[pair?.[1] ?? ''] ??= []).push(pair?.[2] ?? '');
  return found;
};

/** Source of one file of a commit; undefined when we did not write that commit. */
export const sourceOf = (trailers: Trailers, file: string): Source | undefined => {
  for (const value of trailers['Source-Of'] ?? []) {
    const [name, commit, cutoff] = value.split(' ');
    if (name === file && commit && cutoff) return checked({ commit, cutoff });
  }
  const commit = trailers['Source-Commit']?.at(-1);
  const cutoff = trailers['Cut-Off']?.at(-1);
  return commit && cutoff ? checked({ commit, cutoff }) : undefined;
};

/** Written by others too, so it is only believed when it has the form of an object id and an instant. */
const checked = (source: Source): Source | undefined =>
  isOid(source.commit) && !Number.isNaN(Date.parse(source.cutoff)) ? source : undefined;

/** Names of trailers that `withTrailers` writes from values. */
export const ownTrailers: readonly string[] = ['Removed', 'Source-Commit', 'Cut-Off', 'Source-Of'];

export interface TrailerValues {
  readonly source: Source;
  /**
   * Sources of the branch's files this commit does not name: where one differs it is carried along, else a later run of
   * another project would be measured against ours.
   */
  readonly others?: Readonly<Record<string, Source>>;
  /** Files the commit takes off the branch. */
  readonly removed?: readonly string[];
  /** Written first, as they are. */
  readonly extra?: Readonly<Record<string, string>>;
}

export const withTrailers = (
  message: string,
  { source, others = {}, removed = [], extra = {} }: TrailerValues,
): string =>
  [
    message.trimEnd(),
    '',
    ...Object.entries(extra).map(([name, value]) => `${name}: ${value}`),
    ...(removed.length === 0 ? [] : [`Removed: ${removed.join(' ')}`]),
    `Source-Commit: ${source.commit}`,
    `Cut-Off: ${source.cutoff}`,
    ...Object.entries(others)
      .filter(([, { commit, cutoff }]) => commit !== source.commit || cutoff !== source.cutoff)
      .map(([file, { commit, cutoff }]) => `Source-Of: ${file} ${commit} ${cutoff}`),
    '',
  ].join('\n');
