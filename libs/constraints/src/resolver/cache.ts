/**
 * The resolver's cache, one folder for each set of facts that its entries silently depend on: a page is kept for as long
 * as it was asked for when it came, and what an sdist built for good, whatever asks for it later.
 */
import { mkdir, readdir, rm, stat, utimes } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { digestOf, run } from '@nx-ci-cache/process';
import type { CellFacts } from '@nx-ci-cache/records';
import { indexesOf } from '../indexes/facts';
import { cacheFolderCommand } from './uv';

/** Of the folder that holds ours, below the resolver's own. */
const place = 'nx-ci-cache';
const unusedMs = 7 * 24 * 60 * 60 * 1000;

export const cacheArguments = async (facts: CellFacts): Promise<readonly string[]> => [
  '--cache-dir',
  await cacheFolder(digestOf([pagesKept(facts), buildsKept(facts)]).slice('sha256:'.length, 'sha256:'.length + 12)),
];

/** One of ours, which lasts for as long as it is used. */
export const cacheFolder = async (name: string): Promise<string> => {
  // The resolver prints it as it was given, and a cell is resolved in another folder than this one.
  const all = resolve((await run(cacheFolderCommand())).stdout.trim(), place);
  const folder = join(all, name);
  await mkdir(folder, { recursive: true });
  // Only its owner may, and several users may share a cache.
  await utimes(folder, new Date(), new Date()).catch(() => undefined);
  await removeUnused(all);
  return folder;
};

/** How long pages stay: `uvConfig` says it of each index. */
const pagesKept = ({ pageMaxAge, indexFingerprint, indexes = [] }: CellFacts) => [
  pageMaxAge,
  indexFingerprint === undefined,
  indexes.filter(({ fingerprint }) => fingerprint !== undefined).map(({ url }) => url),
];

/** Which build backend an sdist gets depends on where one may be taken from, up to when, and whether as an sdist. */
const buildsKept = (facts: CellFacts) => {
  if (facts.sdistPython === undefined) return [];
  const { sdistPython, buildConstraints = [], allowSdist, cutoff, exempt = {}, indexStrategy = '' } = facts;
  // Without upload times the fingerprint stands for the cut-off.
  const from = indexesOf(facts).map(({ url, fingerprint = '' }) => [url, fingerprint]);
  return [sdistPython, buildConstraints, allowSdist, cutoff, exempt, from, indexStrategy];
};

/** Windows come and go, and with them the folders of builds. Somebody else may remove them at the same time. */
const removeUnused = async (all: string): Promise<void> => {
  for (const name of await readdir(all)) {
    const used = await stat(join(all, name)).catch(() => undefined);
    if (used === undefined || Date.now() - used.mtimeMs < unusedMs) continue;
    await rm(join(all, name), { recursive: true, force: true }).catch(() => undefined);
  }
};
