/** Git for what a test does itself, not the plugin: its output. */
import { gitEnvironment } from '@nx-ci-cache/process/src/testing/git-environment';
import { execute } from './execute';

export const git = async (cwd: string, ...args: string[]): Promise<string> =>
  (await execute('git', args, { cwd, env: gitEnvironment })).stdout;
