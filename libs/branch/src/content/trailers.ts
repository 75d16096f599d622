/** What a commit says about its files: which source commit they were made from and up to when the index was seen. */
import { isOid } from '@nx-ci-cache/git';
import { isInstant } from './instant';

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

/** Git itself adds this line to trailers. */
const cherryPicked = /^\(cherry picked from commit [0-9a-f]+\)$/;

/** Reads the last paragraph of nothing but trailers that names a source: a squash or an amend puts words of its own below. */
export const parseTrailers = (message: string): Trailers =>
  message
    .trimEnd()
    .split(/\n\s*\n/)
    .map(trailersIn)
    .findLast((trailers) => trailers['Source-Commit'] !== undefined) ?? {};

const trailersIn = (paragraph: string): Trailers => {
  const lines = paragraph.split('\n').filter((line) => !cherryPicked.test(line));
  const pairs = lines.map((line) => trailer.exec(line));
  if (pairs.some((pair) => pair === null)) return {};
  const found = new Map<string, string[]>();
  for (const pair of pairs) {
    const [, name = '', value = ''] = pair ?? [];
    found.set(name, [...(found.get(name) ?? []), value]);
  }
  return Object.fromEntries(found);
};

/** Sources of one file of a commit: several when branches were merged below it, none when we never wrote it. */
export const sourcesOf = (trailers: Trailers, file: string): readonly Source[] => {
  const carried = (trailers['Source-Of'] ?? []).flatMap((value) => {
    const [name, source] = carriedSource(value) ?? [];
    return name === file && source !== undefined ? [source] : [];
  });
  return carried.length === 0 && speaksFor(trailers, file) ? ownSource(trailers) : carried;
};

/** A commit that names no files speaks for all: that of a person who accepts a rewritten history, or one from before. */
const speaksFor = ({ 'Source-Files': files }: Trailers, file: string): boolean =>
  files === undefined || files.some((names) => names.split(' ').includes(file));

/** The first of them. */
export const sourceOf = (trailers: Trailers, file: string): Source | undefined => sourcesOf(trailers, file)[0];

/** Whether a commit says where its files come from, all of it in a form we can use. */
export const namesSources = (trailers: Trailers): boolean =>
  ownSource(trailers).length > 0 && (trailers['Source-Of'] ?? []).every((value) => carriedSource(value) !== undefined);

const carriedSource = (value: string): readonly [file: string, source: Source] | undefined => {
  const [file = '', commit, cutoff] = value.split(' ');
  const [source] = checked(commit, cutoff);
  return source && [file, source];
};

const ownSource = (trailers: Trailers): readonly Source[] =>
  checked(trailers['Source-Commit']?.at(-1), trailers['Cut-Off']?.at(-1));

/** Written by others too, so it is only believed when it has the form of an object id and an instant. */
const checked = (commit = '', cutoff = ''): readonly Source[] =>
  isOid(commit) && isInstant(cutoff) ? [{ commit, cutoff }] : [];

/** Names of trailers that `withTrailers` writes from values. */
export const ownTrailers: readonly string[] = ['Removed', 'Source-Commit', 'Cut-Off', 'Source-Files', 'Source-Of'];

export interface TrailerValues {
  readonly source: Source;
  /** Files the source is that of. */
  readonly files: readonly string[];
  /** Sources of our files that another run wrote, carried along: that run is measured against them and not against ours. */
  readonly others?: Readonly<Record<string, readonly Source[]>>;
  /** Files the commit takes off the branch. */
  readonly removed?: readonly string[];
  /** Written first, as they are. */
  readonly extra?: Readonly<Record<string, string>>;
}

export const withTrailers = (
  message: string,
  { source, files, others = {}, removed = [], extra = {} }: TrailerValues,
): string =>
  [
    message.trimEnd(),
    '',
    ...Object.entries(extra).map(([name, value]) => `${name}: ${value}`),
    ...(removed.length === 0 ? [] : [`Removed: ${removed.join(' ')}`]),
    `Source-Commit: ${source.commit}`,
    `Cut-Off: ${source.cutoff}`,
    `Source-Files: ${files.join(' ')}`,
    ...Object.entries(others).flatMap(([file, sources]) =>
      sources.map(({ commit, cutoff }) => `Source-Of: ${file} ${commit} ${cutoff}`),
    ),
    '',
  ].join('\n');
