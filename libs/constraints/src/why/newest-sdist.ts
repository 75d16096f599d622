/** The newest version that could be built from source, by what the index says of its files: nothing is built to know. */
import { compare, explain, satisfies, validRange } from '@renovatebot/pep440';
import { isYanked, type IndexFile } from '../compare/release-page';
import { normaliseName } from '../file/pins';

export interface SdistRules {
  /** X.Y, resolved for X.Y.0. */
  readonly python: string;
  /** Files uploaded from then on are not seen; those without a time are. */
  readonly until: string;
  readonly prereleases: boolean;
}

/** @param name normalised. */
export const newestSdist = (name: string, files: readonly IndexFile[], rules: SdistRules): string | undefined =>
  files
    .filter((file) => !isYanked(file) && isSeen(file, rules) && isAdmitted(file, rules))
    .flatMap(({ filename }) => versionOf(name, filename))
    .filter((version) => isTaken(version, rules))
    .reduce<string | undefined>(
      (newest, version) => (newest === undefined || compare(version, newest) > 0 ? version : newest),
      undefined,
    );

const isSeen = ({ 'upload-time': uploaded }: IndexFile, { until }: SdistRules): boolean =>
  typeof uploaded !== 'string' || Date.parse(uploaded) < Date.parse(until);

const isAdmitted = ({ 'requires-python': requires }: IndexFile, { python }: SdistRules): boolean =>
  typeof requires !== 'string' || !validRange(requires) || satisfies(`${python}.0`, requires);

/** None for a file of another kind, such as a wheel or an installer. */
const versionOf = (name: string, filename: unknown): string[] => {
  const [, project = '', version = ''] = /^(.+)-([^-]+)\.(?:tar\.[a-z0-9]+|tgz|zip)$/.exec(String(filename)) ?? [];
  return normaliseName(project) === name ? [version] : [];
};

const isTaken = (version: string, { prereleases }: SdistRules): boolean => {
  const parsed = explain(version);
  return parsed !== null && (prereleases || !parsed.is_prerelease);
};
