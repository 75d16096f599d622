/** The git remote: a bare repository that serves what a hosted one would (partial clones, any commit, forced pushes). */
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { childEnvironment, run } from '@nx-ci-cache/process';
import type { Layout } from '../layout';

const settings = {
  'receive.denyNonFastForwards': 'false',
  'receive.denyDeletes': 'false',
  'uploadpack.allowFilter': 'true',
  'uploadpack.allowAnySHA1InWant': 'true',
} as const;

export const remoteArgv = (folder: string): readonly (readonly string[])[] => [
  ['init', '--quiet', '--bare', '--initial-branch=main', '--template=', folder],
  ...Object.entries(settings).map(([name, value]) => ['--git-dir', folder, 'config', name, value]),
];

export const remoteUrl = (layout: Layout): string => pathToFileURL(layout.remote).href;

export const remoteExists = (layout: Layout): boolean => existsSync(join(layout.remote, 'HEAD'));

export const ensureRemote = async (layout: Layout): Promise<void> => {
  if (remoteExists(layout)) return;
  const draft = `${layout.remote}.making`;
  await mkdir(dirname(draft), { recursive: true });
  await rm(draft, { recursive: true, force: true });
  for (const args of remoteArgv(draft)) await run({ file: 'git', args, env: gitEnvironment() });
  await rename(draft, layout.remote);
};

/** Nobody's own git configuration decides what this repository allows. */
const gitEnvironment = () => childEnvironment({ GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' });
