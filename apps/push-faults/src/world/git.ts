/** Git for the side of the world that is not under test: sound, with an identity, and without any configuration. */
import { execFileSync } from 'node:child_process';

export const plainEnvironment: Readonly<Record<string, string>> = {
  PATH: process.env['PATH'] ?? '',
  HOME: '/nonexistent',
  LC_ALL: 'C',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Other Writer',
  GIT_AUTHOR_EMAIL: 'other@example.com',
  GIT_COMMITTER_NAME: 'Other Writer',
  GIT_COMMITTER_EMAIL: 'other@example.com',
};

/** stdout of git in `cwd`, trimmed. @throws when it does not exit with 0. */
export const git = (cwd: string, ...args: string[]): string =>
  execFileSync('git', args, { cwd, env: plainEnvironment, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
