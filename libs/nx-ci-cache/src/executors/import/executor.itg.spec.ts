/** A branch that people already have, in layouts of theirs, against what this configuration makes. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConfig } from '@nx-ci-cache/config';
import { digestOf, writeFileAtomic, writeJson } from '@nx-ci-cache/process';
import { type ImportRecord, recordPaths } from '@nx-ci-cache/records';
import { wiredRun } from '../../testing/wired-run';
import type { StepContext } from '../../step/context/context';
import { importBranch } from './executor';

const config = parseConfig(
  JSON.stringify({
    pythons: ['3.11', '3.13'],
    constraints: { modes: { constraints: { requirements: ['core.in'] } } },
    push: { branches: [{ from: 'main', to: 'constraints-main' }] },
  }),
  'app',
);
const paths = recordPaths('app');
let root: string;
let said: string;
const at = (path: string) => join(root, path);

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'import-'));
  said = '';
  const git = (...args: string[]) => execFileSync('git', args, { cwd: root, stdio: 'ignore' });
  git('init', '-q', '-b', 'theirs');
  writeFileSync(at('constraints-3.11.txt'), '# Airflow\nalpha==1.0\nbeta==1.0\n');
  writeFileSync(at('upper-constraints.txt'), "alpha===1.0;python_version<'3.12'\nalpha===1.5;python_version>='3.12'\n");
  for (const python of ['3.11', '3.13']) {
    mkdirSync(at(`.github/pins/py${python}`), { recursive: true });
    writeFileSync(at(`.github/pins/py${python}/constraints.txt`), `alpha==${python}\n`);
  }
  git('add', '.');
  git('-c', 'user.name=t', '-c', 'user.email=t@example.com', 'commit', '-q', '-m', 'constraints');
  await writeJson(at(paths.branch), { run: 'r', remote: root, branch: 'constraints-main' });
  for (const python of ['3.11', '3.13']) {
    const cell = { mode: 'constraints', python };
    const [text, facts] = ['alpha==2.0\nbeta==1.0\n', JSON.stringify(cell)];
    await writeFileAtomic(at(paths.cellFacts(cell)), facts);
    await writeFileAtomic(at(paths.constraints(cell)), text);
    await writeJson(at(paths.cellRecord(cell)), { ...cell, facts: digestOf(facts), digest: digestOf(text) });
  }
});
afterEach(() => rmSync(root, { recursive: true }));

const ask = (options: object) =>
  importBranch(options, {
    ...{ workspaceRoot: root, ...wiredRun('app', {}), config, paths, at, environment: {} },
    say: (text: string) => (said += text),
  } as unknown as StepContext);

it('shows what would change in files of our names, and which there are not', async () => {
  await ask({ branch: 'theirs' });
  expect(said).toContain('- constraints-3.11: 1 of 2 pins of constraints-3.11.txt the same, 1 up');
  expect(said).toContain('- constraints-3.13: the branch has no constraints-3.13.txt');
  expect(said).toMatch(/^alpha +upgraded +1\.0 → 2\.0 +constraints-3\.11$/m);
  expect(readFileSync(at(paths.import('md')), 'utf8')).toMatch(/\| alpha +\| 1\.0 → 2\.0 +\|/);
});

it('reads one file for all cells, with pins of another form that hold for each Python', async () => {
  await ask({ branch: 'theirs', file: 'upper-constraints.txt' });
  const { files } = JSON.parse(readFileSync(at(paths.import('json')), 'utf8')) as ImportRecord;
  expect(files.map(({ changes }) => changes.map(({ name, from }) => [name, from]))).toEqual([
    [
      ['alpha', '1.0'],
      ['beta', undefined],
    ],
    [
      ['alpha', '1.5'],
      ['beta', undefined],
    ],
  ]);
});

it('reads files in folders, as most people keep them', async () => {
  await ask({ branch: 'theirs', file: '.github/pins/py{python}/{mode}.txt' });
  const { files } = JSON.parse(readFileSync(at(paths.import('json')), 'utf8')) as ImportRecord;
  expect(files.map(({ file, changes }) => [file, changes[0]?.from])).toEqual([
    ['.github/pins/py3.11/constraints.txt', '3.11'],
    ['.github/pins/py3.13/constraints.txt', '3.13'],
  ]);
});

it.each(['../x.txt', '/x.txt', 'a//b.txt', '{arch}.txt', './x.txt', 'pins/', 'HEAD:x'])(
  'refuses the file %s and says which are meant',
  async (file) => {
    await expect(ask({ branch: 'theirs', file })).rejects.toThrow(`options: file = "${file}"`);
  },
);

it('refuses a branch that is not there', async () => {
  await expect(ask({ branch: 'gone' })).rejects.toThrow('options: branch = "gone"');
});
