/** Pins that have a wheel for the platform of the file, and none for another one of the project: there they would be built. */
import { mapConcurrently } from '@nx-ci-cache/process';
import type { CellFacts } from '@nx-ci-cache/records';
import type { Pins } from '../file/pins';
import { filesOn, type IndexFile } from '../indexes/files';
import type { PageReader } from '../indexes/page';
import { readProject } from '../indexes/project-pages';
import { newestStable } from '../indexes/releases';
import { admits, anyRelease, filesOfRelease } from '../indexes/seen';
import { isUsableWheel } from '../indexes/usable';
import { machineOf } from '../target/platform';

export interface MissingWheel {
  readonly name: string;
  readonly version: string;
  readonly platform: string;
  /** The newest stable release that has one; absent when none has. */
  readonly newest?: string;
}

const atOnce = 16;

/** Of a package that no index tells of in JSON nothing is said. */
export const missingWheels = async (
  pins: Pins,
  facts: CellFacts,
  reader: PageReader,
): Promise<readonly MissingWheel[]> => {
  const { platforms = [] } = facts;
  if (platforms.length === 0 || facts.keyring === true) return [];
  const found = await mapConcurrently([...pins], atOnce, async ([name, version]) => {
    const read = await readProject(name, facts, reader);
    const files = typeof read === 'string' ? [] : read.flatMap((page) => filesOn(page) ?? []);
    return missingOf({ name, version }, files, platforms, facts);
  });
  return found.flat();
};

export const missingOf = (
  { name, version }: { readonly name: string; readonly version: string },
  files: readonly IndexFile[],
  platforms: readonly string[],
  facts: CellFacts,
): readonly MissingWheel[] => {
  const releases = anyRelease(name, files, facts);
  const own = filesOfRelease(version, releases);
  const has = (each: readonly IndexFile[], platform = facts.platform) =>
    each.some(
      (file) =>
        admits(file, facts.patch ?? facts.python) &&
        isUsableWheel(String(file.filename), { ...facts, ...(platform !== undefined && { platform }) }),
    );
  if (!has(own)) return [];
  return platforms.flatMap((platform) => {
    if (machineOf(platform) === undefined || has(own, platform)) return [];
    const newest = newestStable(
      [...releases].filter(([, each]) => has(each, platform)).map(([each]) => ({ version: each })),
    );
    return [{ name, version, platform, ...(newest !== undefined && { newest: newest.version }) }];
  });
};

export const missingText = ({ name, version, platform, newest }: MissingWheel): string =>
  `${name}==${version} has no wheel for ${platform}: ${newest === undefined ? 'no release has one' : `${newest} is the newest that has one`}`;
