/** A scratch world for tests with real git: a bare remote, a source checkout with history, and another writer. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gitEnvironment } from '@nx-ci-cache/process/src/testing/git-environment';
import { permissionOf } from '@nx-ci-cache/records';
import type { PublishRequest } from '../push/request';

const person = { name: 'Test Bot', email: 'bot@example.com' };
export const gitIn =
  (cwd: string) =>
  (...args: string[]): string =>
    execFileSync('git', args, { cwd, env: gitEnvironment, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();

export interface World {
  readonly folder: string;
  readonly remote: string;
  readonly checkout: string;
  /** Source commits, oldest first. */
  readonly sources: readonly [string, string, string];
  readonly request: (changes?: Partial<PublishRequest>) => PublishRequest;
  readonly remoteGit: (...args: string[]) => string;
  /** Content of a file on the branch. */
  readonly show: (file: string) => string;
  readonly tip: () => string | null;
  /** A commit of another writer, who does not know us. */
  readonly otherWriter: (file: string, text: string, message?: string) => string;
  readonly hook: (name: string, script: string) => void;
  readonly remove: () => void;
}

export const branch = 'constraints-main';
const ref = `refs/heads/${branch}`;

export const makeWorld = (): World => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'publish-test-')));
  const remote = join(folder, 'remote.git');
  const checkout = join(folder, 'checkout');
  gitIn(folder)('init', '-q', '--bare', '-b', 'main', remote);
  gitIn(folder)('init', '-q', '-b', 'main', checkout);
  const remoteGit = gitIn(remote);
  remoteGit('config', 'uploadpack.allowFilter', 'true');
  // It would go on in the background, where a test counts objects or removes the folder.
  remoteGit('config', 'receive.autogc', 'false');
  const commitSource = (subject: string) => {
    gitIn(checkout)('commit', '-q', '--allow-empty', '-m', subject);
    return gitIn(checkout)('rev-parse', 'HEAD');
  };
  const sources = [commitSource('one'), commitSource('two'), commitSource('three')] as const;
  gitIn(checkout)('remote', 'add', 'origin', remote);
  gitIn(checkout)('push', '-q', 'origin', 'main');
  const tip = () => remoteGit('for-each-ref', '--format=%(objectname)', ref) || null;
  return {
    folder,
    remote,
    checkout,
    sources: [...sources],
    remoteGit,
    tip,
    show: (file) => remoteGit('show', `${branch}:${file}`),
    request: (changes = {}) => ({
      remote,
      branch,
      files: { 'a-3.11.txt': 'one==1.0\n' },
      message: 'Update constraints\n\nGates: api:test',
      author: person,
      source: { commit: sources[1], cutoff: '2026-05-01T00:00:00Z' },
      workspaceRoot: checkout,
      permission: permissionOf({}).constraints,
      ...changes,
    }),
    otherWriter: (file, text, message = `other writer: ${file}`) => {
      const clone = mkdtempSync(join(folder, 'other-'));
      gitIn(clone)('clone', '-q', '--branch', branch, remote, '.');
      mkdirSync(join(clone, file, '..'), { recursive: true });
      writeFileSync(join(clone, file), text);
      gitIn(clone)('add', '.');
      gitIn(clone)('commit', '-q', '-m', message);
      gitIn(clone)('push', '-q', 'origin', branch);
      return gitIn(clone)('rev-parse', 'HEAD');
    },
    hook: (name, script) => {
      mkdirSync(join(remote, 'hooks'), { recursive: true });
      writeFileSync(join(remote, 'hooks', name), `#!/bin/sh\n${script}\n`);
      chmodSync(join(remote, 'hooks', name), 0o755);
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
};

const privateRepositories = (): string[] =>
  readdirSync(tmpdir()).filter((name) => name.startsWith(`ci-cache-git-${process.pid}-`));

/** Process ids recur: these are of one that was killed. */
const foundAtStart = new Set(privateRepositories());

/** Names of private repositories that are still there. */
export const leftovers = (): string[] => privateRepositories().filter((name) => !foundAtStart.has(name));

/** A world for each test, handed to `use`; afterwards it is gone, and so is every private repository. */
export const freshWorld = (use: (world: World) => void): void => {
  let world: World;
  beforeEach(() => use((world = makeWorld())));
  afterEach(() => {
    world.remove();
    expect(leftovers()).toEqual([]);
  });
};
