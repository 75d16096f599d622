/** What the snapshot asks the resolver: its version and its default index are facts of every cell. */
import { gte, valid } from '@renovatebot/pep440';
import { CiCacheError, run, type Command } from '@nx-ci-cache/process';
import type { CellFacts } from '@nx-ci-cache/records';
import { defaultIndexCommand, versionCommand } from './uv';

/** The oldest uv all tests passed with: in its words we see what it passes over, such as files without upload time. */
const oldest = '0.13.0';
const remedy = `Install uv ${oldest} or newer on PATH, or set CI_CACHE_UV to its path.`;

/** e.g. `uv 0.13.9`; build date and platform are left out, they differ between machines with the same resolver. */
export const observeResolver = async (): Promise<string> => {
  const [name, version = ''] = (await askUv(versionCommand())).split(/\s+/);
  if (valid(version) === null || !gte(version, oldest)) {
    throw new CiCacheError('ResolveFailed', `${name} ${version} is too old: at least ${oldest} is needed`, {
      remedy,
    });
  }
  return `${name} ${version}`;
};

/** A cell says which resolver made it. @throws CiCacheError `ResolveFailed` when this machine's is not the one of its facts. */
export const refuseOtherResolver = async ({ resolver }: Pick<CellFacts, 'resolver'>): Promise<void> => {
  const here = await observeResolver();
  if (here === resolver) return;
  throw new CiCacheError('ResolveFailed', `${here} is on this machine, and the snapshot saw ${resolver}`, {
    remedy: `Give cells the uv that the snapshot found: install ${resolver} here, or run both on one machine.`,
    data: { here, resolver },
  });
};

export const observeDefaultIndex = async (): Promise<string> => {
  const [, url] = /--index-url\s+(\S+)/.exec(await askUv(defaultIndexCommand())) ?? [];
  if (url !== undefined) return url;
  throw new CiCacheError('ResolveFailed', 'uv does not name its default index', {
    remedy: 'Write the index into index.url of ci-cache.json.',
  });
};

const askUv = async (command: Command): Promise<string> => {
  try {
    return (await run(command, { timeoutMs: 60_000 })).stdout;
  } catch (cause) {
    throw new CiCacheError('ResolveFailed', `${command.file} does not run: ${(cause as Error).message}`, {
      remedy,
      cause,
    });
  }
};
