/** The releases of a project that a cell sees, by what the index says of their files: nothing is built or fetched to know. */
import { compare, explain, satisfies, validRange } from '@renovatebot/pep440';
import type { CellFacts } from '@nx-ci-cache/records';
import { isYanked, type IndexFile } from './files';
import { normaliseName } from '../file/pins';

export interface SeenRules {
  /** Files uploaded from then on are not seen; those without a time are. */
  readonly until: string;
  readonly prereleases: boolean;
}

/** @param name normalised. */
export const seenRules = (name: string, facts: CellFacts): SeenRules => ({
  until: ofName(name, facts.exempt) ?? facts.cutoff,
  prereleases: (ofName(name, facts.prereleasePackages) ?? facts.prerelease) === 'allow',
});

/** Files of each version, for whatever Python. */
export const releasesSeen = (
  name: string,
  files: readonly IndexFile[],
  rules: SeenRules,
): ReadonlyMap<string, readonly IndexFile[]> => {
  const releases = new Map<string, IndexFile[]>();
  for (const file of files) {
    const version = versionOf(name, file.filename);
    if (version === undefined || isYanked(file) || !isSeen(file, rules)) continue;
    if (isTaken(version, rules)) releases.set(version, [...(releases.get(version) ?? []), file]);
  }
  return releases;
};

/** Those of {@link releasesSeen}, and pre-releases whatever the cell says of them: what is pinned was taken. */
export const anyRelease = (
  name: string,
  files: readonly IndexFile[],
  facts: CellFacts,
): ReadonlyMap<string, readonly IndexFile[]> =>
  releasesSeen(name, files, { ...seenRules(name, facts), prereleases: true });

/** @param version in whatever spelling; a release without files has none. */
export const filesOfRelease = (
  version: string,
  releases: ReadonlyMap<string, readonly IndexFile[]>,
): readonly IndexFile[] => [...releases].find(([each]) => compare(each, version) === 0)?.[1] ?? [];

export const newestVersion = (versions: Iterable<string>): string | undefined =>
  [...versions].reduce<string | undefined>(
    (newest, version) => (newest === undefined || compare(version, newest) > 0 ? version : newest),
    undefined,
  );

export const isSdist = ({ filename }: IndexFile): boolean => sdistName.test(String(filename));

/** The value a map of packages, in whatever spelling, has for a normalised name. */
export const ofName = (name: string, byName: Readonly<Record<string, string>> = {}): string | undefined =>
  Object.entries(byName).find(([each]) => normaliseName(each) === name)?.[1];

const isSeen = ({ 'upload-time': uploaded }: IndexFile, { until }: SeenRules): boolean =>
  typeof uploaded !== 'string' || Date.parse(uploaded) < Date.parse(until);

/** @param python X.Y.Z, or X.Y for X.Y.0. */
export const admits = ({ 'requires-python': requires }: IndexFile, python: string): boolean =>
  typeof requires !== 'string' || !validRange(requires) || satisfies(python, requires);

const sdistName = /^(.+)-([^-]+)\.(?:tar\.[a-z0-9]+|tgz|zip)$/;
const wheelName = /^([^-]+)-([^-]+)(?:-[^-]+){3,4}\.whl$/;

/** Undefined for a file of another kind, such as an installer. */
const versionOf = (name: string, filename: unknown): string | undefined => {
  const [, project = '', version] = wheelName.exec(String(filename)) ?? sdistName.exec(String(filename)) ?? [];
  return normaliseName(project) === name ? version : undefined;
};

const isTaken = (version: string, { prereleases }: SeenRules): boolean => {
  const parsed = explain(version);
  return parsed !== null && (prereleases || !parsed.is_prerelease);
};
