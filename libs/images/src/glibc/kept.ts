/** What was found in a layer, kept for good: a digest names the same bytes for ever, and they cost a download. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import { readJson, writeJson } from '@nx-ci-cache/process';
import type { Found } from './found';

/** Raise it when another way to look finds something else. */
const version = 1;

/** @param look is asked for what is not kept yet. */
export const keptFor = async (
  digest: string,
  environment: NodeJS.ProcessEnv,
  look: () => Promise<Found>,
): Promise<Found> => {
  const path = join(folderIn(environment), `${digest.replace(':', '-')}.json`);
  const kept = await readJson<Found>(path).catch(() => undefined);
  if (isFound(kept)) return kept;
  const found = await look();
  // A home that cannot be written costs the next run a download, and this one nothing.
  await writeJson(path, found).catch(() => undefined);
  return found;
};

const folderIn = ({ XDG_CACHE_HOME, HOME }: NodeJS.ProcessEnv): string =>
  join(XDG_CACHE_HOME || join(HOME ?? homedir(), '.cache'), 'nx-ci-cache', `glibc-${version}`);

const isFound = (value: Found | undefined): value is Found => {
  switch (value?.library) {
    case 'glibc':
      return Number.isInteger(value.minor);
    case 'musl':
    case 'none':
      return true;
    default:
      return false;
  }
};
