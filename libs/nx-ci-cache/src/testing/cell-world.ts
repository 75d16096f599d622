/** All that a snapshot of one cell goes by, of which a test changes one thing, and the bytes of the facts it then writes. */
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConfig } from '@nx-ci-cache/config';
import { startIndex, type LocalIndex } from '@nx-ci-cache/constraints/src/testing/local-index';
import { distributionOf } from '@nx-ci-cache/constraints/src/testing/release';
import { testWorkspace, type TestWorkspace } from '@nx-ci-cache/git/src/testing/workspace';
import { recordPaths } from '@nx-ci-cache/records';
import type { StepContext } from '../step/context/context';
import { observeLinux } from '../step/facts/observe-linux';
import { observeResolving, writeCells } from '../step/facts/write-cells';

export interface Seen {
  /** Keys that are added to those of the index, and of the mode. */
  readonly index: object;
  readonly mode: object;
  /** Keys of ci-cache.json that replace the usual ones. */
  readonly others: object;
  readonly cutoff: string;
  readonly published: string;
  /** Variables of the snapshot's process. */
  readonly environment: Readonly<Record<string, string>>;
  readonly folder: string;
}

export interface CellWorld {
  readonly workspace: TestWorkspace;
  readonly index: LocalIndex;
  readonly mode: object;
  readonly facts: (change?: Partial<Seen>) => Promise<string>;
  /** A new one, empty. */
  readonly folder: () => string;
  /** Puts the files of the workspace back. */
  readonly restore: () => void;
  readonly close: () => Promise<void>;
}

export const push = { branches: [{ from: 'main', to: 'constraints-main' }] };

const files = {
  '.gitignore': 'dist\n',
  'app/core.in': 'alpha\n',
  'app/more.in': 'beta\n',
  'app/bounds.txt': 'alpha<3\n',
  'libs/own/pyproject.toml': '[project]\nname = "own"\nversion = "1"\n',
  'README.md': 'about\n',
};

export const startCellWorld = async (): Promise<CellWorld> => {
  const index = await startIndex([
    { name: 'alpha', version: '1.0' },
    { name: 'alpha', version: '2.0', uploaded: '2026-03-01T00:00:00Z' },
  ]);
  const workspace = testWorkspace();
  const member = distributionOf({ name: 'member', version: '1.0' });
  workspace.commit({ ...files, [`app/wheels/${member.file}`]: '' });
  writeFileSync(join(workspace.root, 'app/wheels', member.file), member.bytes);
  const folders = [workspace.root];
  const mode = { requirements: ['core.in', 'more.in'] };
  return {
    ...{ workspace, index, mode },
    folder: () => {
      const made = mkdtempSync(join(tmpdir(), 'nx-ci-cache-truth-'));
      folders.push(made);
      return made;
    },
    restore: () => {
      workspace.git('clean', '--quiet', '--force', '-d', 'app', 'libs');
      workspace.write(files);
    },
    facts: ({ environment = {}, ...change } = {}) =>
      within(environment, () =>
        snapshotOf(workspace, {
          ...{ others: {}, cutoff: '2026-02-01T00:00:00Z', published: 'alpha==1.0\n', folder: workspace.root },
          ...change,
          index: { url: index.url, ...change.index },
          mode: { ...mode, ...change.mode },
        }),
      ),
    close: async () => {
      await index.close();
      for (const each of folders) rmSync(each, { recursive: true, force: true });
    },
  };
};

const snapshotOf = async ({ git }: TestWorkspace, seen: Omit<Seen, 'environment'>): Promise<string> => {
  const config = {
    ...{ pythons: ['3.11', '3.13'], index: seen.index, constraints: { modes: { core: seen.mode } }, push },
    ...seen.others,
  };
  const at = (path: string) => join(seen.folder, path);
  const context = {
    ...{ workspaceRoot: seen.folder, paths: recordPaths('app'), config: parseConfig(JSON.stringify(config), 'app') },
    ...{ environment: process.env, switches: {}, at, say: () => undefined },
  } as unknown as StepContext;
  const branch = { cutoff: seen.cutoff, sourceCommit: git('rev-parse', 'HEAD').trim(), preview: 'a test' };
  const resolving = { ...(await observeResolving(context)), linuxOf: await observeLinux([], branch, context) };
  await writeCells(context, branch, { 'core-3.13.txt': seen.published }, resolving);
  return readFileSync(at('dist/app/cells/core-3.13.json'), 'utf8');
};

const within = async <Value>(values: Seen['environment'], act: () => Promise<Value>): Promise<Value> => {
  const before = { ...process.env };
  Object.assign(process.env, values);
  try {
    return await act();
  } finally {
    for (const name of Object.keys(values)) delete process.env[name];
    Object.assign(process.env, before);
  }
};

/** Path of a `uv` in `folder` that says this of itself, and is the real one in all else. */
export const uvSaying = (words: string, folder: string): string => {
  const file = join(folder, 'uv');
  const real = process.env['CI_CACHE_UV'] ?? 'uv';
  writeFileSync(file, `#!/bin/sh\ncase "$*" in *--version*) echo '${words}';; *) exec '${real}' "$@";; esac\n`);
  chmodSync(file, 0o755);
  return file;
};
