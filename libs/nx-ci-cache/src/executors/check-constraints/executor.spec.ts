import { mkdtempSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConfig } from '@nx-ci-cache/config';
import { type ChangesRecord, recordPaths } from '@nx-ci-cache/records';
import { digestOf, writeFileAtomic, writeJson } from '@nx-ci-cache/process';
import { wiredRun } from '../../testing/wired-run';
import type { StepContext } from '../../step/context/context';
import { checkConstraints } from './executor';

const config = (guard: object) =>
  parseConfig(
    JSON.stringify({
      pythons: ['3.11', '3.13'],
      constraints: { modes: { core: { requirements: ['core.in'] } }, guard },
      push: { branches: [{ from: 'main', to: 'constraints-main' }] },
    }),
    'app',
  );

const facts = {
  ...{ mode: 'core', cutoff: '2026-05-01T00:00:00Z', indexUrl: 'http://127.0.0.1:9/simple', pageMaxAge: 2700 },
  ...{ resolver: 'uv', requirements: [{ path: 'core.in', text: 'a\n' }], allowSdist: [] },
};

const targets = { 'resolve-3.13': { executor: 'nx-ci-cache:generate-constraints', options: { python: '3.13' } } };

describe('checkConstraints', () => {
  let root: string;
  let said: string[];
  const paths = recordPaths('app');
  const at = (path: string) => join(root, path);
  const record = () => JSON.parse(readFileSync(at(paths.changes), 'utf8')) as ChangesRecord;

  const check = (guard: object = {}) =>
    checkConstraints({}, {
      ...{ workspaceRoot: root, ...wiredRun('app', targets), config: config(guard), paths, at, environment: {} },
      say: (line: string) => void said.push(line),
    } as unknown as StepContext);

  const lay = async (python: string, published: string | undefined, generated: string) => {
    const cell = { mode: 'core', python };
    await writeJson(at(paths.cellFacts(cell)), { ...facts, python });
    await writeFileAtomic(at(paths.constraints(cell)), generated);
    const digests = { facts: digestOf(readFileSync(at(paths.cellFacts(cell)), 'utf8')), digest: digestOf(generated) };
    await writeJson(at(paths.cellRecord(cell)), { ...cell, ...digests });
    if (published !== undefined) await writeFileAtomic(at(join(paths.published, `core-${python}.txt`)), published);
  };

  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), 'check-constraints-'));
    said = [];
    process.env['CI_CACHE_UV'] = join(root, 'no-resolver-here');
    await writeJson(at(paths.branch), { run: 'r' });
  });

  afterEach(() => rm(root, { recursive: true }));

  const resolver = process.env['CI_CACHE_UV'];
  afterAll(() => {
    if (resolver === undefined) delete process.env['CI_CACHE_UV'];
    else process.env['CI_CACHE_UV'] = resolver;
  });

  it('asks nobody about files that are as published, whatever their comments', async () => {
    await lay('3.11', '# old\na==1\n', '# new\na==1\n');
    await lay('3.13', 'a==2\n', 'A==2\n');
    expect(await check()).toMatchObject({ run: 'r', result: 'unchanged', refusals: [], overrides: [], matrix: [] });
    expect(Object.keys(record().digests)).toEqual(['core-3.11.txt', 'core-3.13.txt']);
    expect(said.slice(0, 2).sort()).toEqual([
      'core-3.11.txt: 0 changed, 1 unchanged',
      'core-3.13.txt: 0 changed, 1 unchanged',
    ]);
  });

  it('says what a published file holds beside pins, and that a push would change it', async () => {
    await lay('3.11', 'a==1\n--index-url https://me:secret@evil.example/\n', 'a==1\n');
    await lay('3.13', 'a==2\n', 'a==2\n');
    await expect(check()).rejects.toThrow('core-3.11.txt: it does not resolve with itself');
    expect(record().files.map(({ notPins }) => notPins)).toEqual([
      ['line 2 is "--index-url https://***@evil.example/"'],
      undefined,
    ]);
    const markdown = readFileSync(at(paths.changesMarkdown), 'utf8');
    expect(markdown).toContain('### core-3.11.txt: 0 changed, 1 unchanged, 1 published line that is no pin');
    expect(markdown).toContain('--index-url https://***@evil.example/');
  });

  it('fails with every refusal of every file, after it recorded and showed them', async () => {
    await lay('3.11', 'a==1\n', 'a==1\n');
    await lay('3.13', 'a==2\n', 'a==2\n-e .\n');
    await expect(check({ minPins: 2 })).rejects.toMatchObject({
      code: 'PushRefused',
      message: expect.stringMatching(/core-3\.11\.txt: it holds 1 pin,[^]*core-3\.13\.txt: line 2, "-e \."/),
      remedy: expect.stringContaining('constraints.guard.minPins'),
    });
    expect(record().result).toBe('refused');
    expect(record().refusals?.map(({ file, guard }) => `${file} ${guard}`)).toEqual([
      'core-3.11.txt enough-pins',
      'core-3.13.txt only-pins',
      'core-3.13.txt enough-pins',
    ]);
    expect(readFileSync(at(paths.changesMarkdown), 'utf8')).toContain('### Refused');
    expect(said.filter((line) => line.includes('REFUSED'))).toHaveLength(2);
  });

  it('refuses what it cannot prove, and compares the other files all the same', async () => {
    await lay('3.11', undefined, 'a==1\n');
    await lay('3.13', 'a==2\n', 'a==2\n');
    await expect(check()).rejects.toThrow('core-3.11.txt: it does not resolve with itself as constraints');
    expect(record().files.map(({ file, published, unchanged }) => [file, published, unchanged])).toEqual([
      ['core-3.11.txt', false, 0],
      ['core-3.13.txt', true, 1],
    ]);
  });

  it.each([
    ['was made from the facts of another run', () => ({ facts: 'sha256:old' }), 'was made from other facts'],
    ['is another one than its record names', () => ({ digest: 'sha256:old' }), 'names another constraint file'],
  ])('refuses a file that %s, and says whom to run', async (_name, change, words) => {
    await lay('3.11', 'a==1\n', 'a==1\n');
    await lay('3.13', 'a==2\n', 'a==2\n');
    const path = at(paths.cellRecord({ mode: 'core', python: '3.13' }));
    await writeJson(path, { ...(JSON.parse(readFileSync(path, 'utf8')) as object), ...change() });
    await expect(check()).rejects.toMatchObject({
      message: expect.stringMatching(new RegExp(`^dist/app/constraints-3\\.13/core-3\\.13\\.json ${words}`)),
      remedy: expect.stringMatching(/app:resolve-3\.13.*"inputs".*targetDefaults/),
    });
    expect(record().result).toBe('refused');
  });

  it('records a failure when there is nothing to compare', async () => {
    await expect(check()).rejects.toThrow('constraints-3.11/core-3.11.txt is missing');
    expect(record()).toMatchObject({ run: 'r', result: 'refused', error: expect.stringContaining('is missing') });
  });
});
