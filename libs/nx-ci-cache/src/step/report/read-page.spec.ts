import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConfig } from '@nx-ci-cache/config';
import { digestOf, writeFileAtomic, writeJson } from '@nx-ci-cache/process';
import { cellsOf, recordPaths } from '@nx-ci-cache/records';
import { wiredRun } from '../../testing/wired-run';
import type { StepContext } from '../context/context';
import { readPage } from './read-page';

const config = parseConfig(
  JSON.stringify({
    ...{ pythons: ['3.13'], platforms: ['linux/amd64', 'linux/arm64'] },
    constraints: { modes: { core: { requirements: ['core.in'], perPlatform: true } } },
    push: { branches: [{ from: 'main', to: 'constraints-main' }] },
  }),
  'app',
);
const paths = recordPaths('app');
let root: string;
const at = (path: string) => join(root, path);

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'read-page-'));
});
afterEach(() => rmSync(root, { recursive: true }));

it('tells files of one mode for several platforms apart, each with its pins', async () => {
  await writeJson(at(paths.snapshot), { run: 'r', result: 'observed', startedAt: '' });
  await writeJson(at(paths.branch), { run: 'r', remote: root, branch: 'constraints-main', cutoff: '' });
  for (const cell of cellsOf(config)) {
    const [text, facts] = [`lib==1.${cell.platform?.length ?? 0}rc1\n`, JSON.stringify(cell)];
    await writeFileAtomic(at(paths.cellFacts(cell)), facts);
    await writeFileAtomic(at(paths.constraints(cell)), text);
    await writeJson(at(paths.cellRecord(cell)), { ...cell, facts: digestOf(facts), digest: digestOf(text), pins: 1 });
  }
  const { files } = await readPage({
    ...{ workspaceRoot: root, ...wiredRun('app', {}), config, paths, at, environment: {} },
  } as unknown as StepContext);
  expect(files.map(({ mode, python, file, pins }) => [mode, python, file, pins])).toEqual([
    ['core', '3.13', 'core-3.13.txt', [{ name: 'lib', version: '1.11rc1', isPrerelease: true }]],
    [
      ...['core on linux/arm64', '3.13', 'core-3.13-linux-arm64.txt'],
      [{ name: 'lib', version: '1.11rc1', isPrerelease: true }],
    ],
  ]);
});
