/** What others wrote into a published file is handed on to nobody. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConfig } from '@nx-ci-cache/config';
import { type PushRecord, recordPaths } from '@nx-ci-cache/records';
import type { StepContext } from '../../step/context/context';
import { layOutPushedFiles } from '../../step/legs/pushed-files';
import { constraints } from './executor';

const name = 'core-3.13.txt';
const config = parseConfig(
  JSON.stringify({
    pythons: ['3.13'],
    constraints: { modes: { core: { requirements: ['core.in'] } } },
    push: { branches: [{ from: 'main', to: 'constraints-main' }] },
  }),
  'app',
);
const paths = recordPaths('app');

let root: string;
const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'constraints-'));
  git('init', '-q', '-b', 'main');
  git('remote', 'add', 'origin', root);
  git('commit', '-q', '--allow-empty', '-m', 'source');
});
afterEach(() => rmSync(root, { recursive: true }));

const publish = (text: string): string => {
  git('checkout', '-q', '-b', 'constraints-main');
  writeFileSync(join(root, name), text);
  git('add', name);
  git('commit', '-q', '-m', 'constraints');
  const commit = git('rev-parse', 'HEAD');
  git('checkout', '-q', 'main');
  return commit;
};

const context = () =>
  ({
    ...{ workspaceRoot: root, projectName: 'app', config, paths, at: (path: string) => join(root, path) },
    ...{ environment: {}, switches: { dryRun: false, answer: false, force: false }, say: () => undefined },
  }) as unknown as StepContext;

const layOut = (newCommit: string) =>
  layOutPushedFiles(
    { result: 'unchanged', remote: root, branch: 'constraints-main', newCommit } as PushRecord,
    context(),
  );

it('writes published pins and comments', async () => {
  const commit = publish('# why\na==1\n');
  await constraints({}, context());
  await layOut(commit);
  for (const folder of [paths.materialised, paths.pushed])
    expect(readFileSync(join(root, folder, name), 'utf8')).toBe('# why\na==1\n');
});

it('refuses an index option, naming file and line, and leaves nothing a consumer could take', async () => {
  const commit = publish('a==1\n--index-url https://evil.example/simple\n');
  const refusal = {
    code: 'PushRefused',
    message: expect.stringMatching(/core-3\.13\.txt on constraints-main: line 2/),
  };
  for (const folder of [paths.materialised, paths.pushed]) {
    mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(join(root, folder, name), 'earlier==1\n');
  }
  await expect(constraints({}, context())).rejects.toMatchObject(refusal);
  await expect(layOut(commit)).rejects.toMatchObject(refusal);
  for (const folder of [paths.materialised, paths.pushed]) expect(existsSync(join(root, folder, name))).toBe(false);
});
