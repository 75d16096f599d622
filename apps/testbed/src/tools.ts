/** The pinned tools that tools/setup built, and their versions. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { childEnvironment, run } from '@nx-ci-cache/process';
import { StackError } from './errors';
import { repoFolder } from './layout';

/** Asks tools/setup, the only one who knows how the folder is named. @throws StackError when a tool is not there. */
export const findTools = async (): Promise<string> => {
  const setup = join(repoFolder, 'tools', 'setup');
  const folder = (await run({ file: setup, args: ['--print'], env: childEnvironment() })).stdout.trim();
  const missing = Object.values(toolPaths(folder)).find((path) => !existsSync(path));
  if (missing !== undefined) throw new StackError(`${missing} is missing.`, 'Run tools/setup.');
  return folder;
};

export const toolPaths = (folder: string) => ({
  buildkitd: join(folder, 'bin', 'buildkitd'),
  buildctl: join(folder, 'bin', 'buildctl'),
  buildx: join(folder, 'bin', 'buildx'),
  uv: join(folder, 'uv', 'bin', 'uv'),
});

export const uvVersion = async (): Promise<string> => {
  const text = await readFile(join(repoFolder, 'tools', 'versions.env'), 'utf8');
  return /^UV_VERSION=(.+)$/m.exec(text)?.[1] ?? missingVersion();
};

const missingVersion = (): never => {
  throw new StackError('tools/versions.env has no UV_VERSION.', 'Write it as UV_VERSION=<version>.');
};
