/** What the snapshot asks the resolver: its version and its default index are facts of every cell. */
import { CiCacheError, run, type Command } from '@nx-ci-cache/process';
import { defaultIndexCommand, versionCommand } from './uv';

/** e.g. `uv 0.13.9`; build date and platform are left out, they differ between machines with the same resolver. */
export const observeResolver = async (): Promise<string> => {
  const [name, version] = (await askUv(versionCommand())).split(/\s+/);
  return `${name} ${version}`;
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
      remedy: 'Install uv (0.9 or newer) on PATH, or set CI_CACHE_UV to its path.',
      cause,
    });
  }
};
