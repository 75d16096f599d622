/** A small git workspace, for tests that need real commits. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gitEnvironment } from '@nx-ci-cache/process/src/testing/git-environment';

export interface TestWorkspace {
  readonly root: string;
  /** Writes files without committing them. */
  readonly write: (files: Readonly<Record<string, string>>) => void;
  /** Writes files and commits everything; full object id of the commit, and where it is. */
  readonly commit: (files: Readonly<Record<string, string>>) => {
    readonly workspaceRoot: string;
    readonly commit: string;
  };
  readonly git: (...args: string[]) => string;
}

export const testWorkspace = (): TestWorkspace => {
  const root = mkdtempSync(join(tmpdir(), 'ci-cache-workspace-'));
  const git = (...args: string[]) => execFileSync('git', args, { cwd: root, env: gitEnvironment, encoding: 'utf8' });
  const write = (files: Readonly<Record<string, string>>) => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
  };
  git('init', '--quiet', '--initial-branch', 'main');
  return {
    root,
    git,
    write,
    commit: (files) => {
      write(files);
      git('add', '--all');
      git('commit', '--quiet', '--message', 'a change');
      return { workspaceRoot: root, commit: git('rev-parse', 'HEAD').trim() };
    },
  };
};
