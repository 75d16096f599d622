import { readFile } from 'node:fs/promises';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConfig } from '@nx-ci-cache/config';
import { digestOf, writeFileAtomic, writeJson } from '@nx-ci-cache/process';
import { recordPaths, type Cell } from '@nx-ci-cache/records';
import type { StepContext } from '../context/context';
import { comparedDigest } from '../facts/judged';
import { refreshReport } from '@nx-ci-cache/report';
import schema from '@nx-ci-cache/report/src/refresh.schema.json';
import Ajv from 'ajv';
import { lookAt } from './look';
import { readRun } from './read-run';

const config = parseConfig(
  JSON.stringify({
    pythons: ['3.13'],
    constraints: { modes: { core: { requirements: ['core.in'] } } },
    push: { branches: [{ from: 'main', to: 'constraints-main' }] },
    images: {
      ci: {
        dockerfile: 'Dockerfile',
        repository: 'registry.example.com/python{python}',
        cache: 'registry.example.com/cache:{platform}',
      },
    },
  }),
  'app',
);
const paths = recordPaths('app');
const cell: Cell = { mode: 'core', python: '3.13' };
const leg = { image: 'ci', python: '3.13', platform: 'linux/amd64' };
const plan = { ...leg, inputDigest: 'i', buildId: 'b' };
const facts = '{ "mode": "core" }\n';
const constraints = 'iniconfig==2.0\n';

let root: string;
let environment: NodeJS.ProcessEnv;
const at = (path: string) => join(root, path);
const write = (path: string, record: object) => writeJson(at(path), record);
const contextOf = () => ({ config, paths, at, environment, projectName: 'app' }) as unknown as StepContext;
const readRunIn = async (context: StepContext) => readRun(context, await lookAt(context));
const statuses = async () => {
  const { steps } = await readRunIn(contextOf());
  return Object.fromEntries(steps.map(({ step, status }) => [step, status]));
};

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'read-run-'));
  environment = {};
  await write(paths.snapshot, { run: 'r', result: 'observed', startedAt: '' });
  await write(paths.branch, { run: 'r', cutoff: '2026-05-01T00:00:00Z' });
  await writeFileAtomic(at(paths.cellFacts(cell)), facts);
  await writeFileAtomic(at(paths.constraints(cell)), constraints);
  await write(paths.cellRecord(cell), { ...cell, facts: digestOf(facts), digest: digestOf(constraints), pins: 1 });
  const inputs = await comparedDigest({ config, paths, at });
  await write(paths.changes, { run: 'r0', inputs, result: 'unchanged', files: [], digests: {} });
  await write(paths.push, { run: 'r', result: 'unchanged', branch: 'b', newCommit: 'c', reasons: [], files: [] });
  await write(paths.planRecord, { run: 'r', result: 'planned', stale: 1, fresh: 0 });
  await write(paths.plan(leg), plan);
  await write(paths.reasons(leg), { run: 'r', leg: 'x', stale: true, reasons: [{ kind: 'forced', text: 'forced' }] });
  await write(paths.leg(leg), { result: 'built', leg: 'x', platform: leg.platform, inputDigest: 'i', buildId: 'b' });
  await write(paths.imagePlan('ci', '3.13'), { image: 'ci', python: '3.13', legs: [], tags: [] });
  await write(paths.imageReasons('ci', '3.13'), {
    run: 'r',
    image: 'ci',
    python: '3.13',
    reasons: [{ kind: 'leg', text: 'legs are stale' }],
  });
  const published = { run: 'r0', result: 'published', image: 'ci', python: '3.13' };
  await write(paths.image('ci', '3.13'), {
    ...published,
    plan: digestOf(await readFile(at(paths.imagePlan('ci', '3.13')))),
  });
});
afterEach(() => rmSync(root, { recursive: true }));

const good = {
  snapshot: 'unchanged',
  'generate-constraints--core-3.13': 'done',
  'check-constraints': 'unchanged',
  'push-constraints': 'unchanged',
  'plan-refresh': 'done',
  'buildx-refresh--ci-3.13-linux-amd64': 'done',
  'publish-images--ci-3.13': 'done',
};
const none = Object.fromEntries(Object.keys(good).map((step) => [step, 'skipped']));

it('has a line for every task of the chain, in its order', async () => {
  expect(Object.entries(await statuses())).toEqual(Object.entries(good));
});

it('tells of each step when and from what its record was made, in the form the schema says', async () => {
  const made = { run: 'r0', startedAt: '2026-05-01T00:00:00.000Z', endedAt: '2026-05-01T00:00:09.000Z' };
  await write(paths.leg(leg), {
    result: 'built',
    leg: 'x',
    platform: leg.platform,
    inputDigest: 'i',
    buildId: 'b',
    made,
  });
  await write(paths.push, {
    ...{ run: 'r', result: 'pushed', branch: 'b', newCommit: 'c', reasons: [], files: [] },
    made: { ...made, run: 'r' },
  });
  const report = refreshReport(await readRunIn(contextOf()));
  const step = (name: string) => report.steps.find(({ executor }) => executor === name);
  expect(step('buildx-refresh')).toMatchObject({
    ...{ made, replayed: true, reasons: [{ kind: 'forced' }] },
    inputs: { [paths.plan(leg)]: digestOf(await readFile(at(paths.plan(leg)))) },
  });
  expect(step('push-constraints')).not.toHaveProperty('replayed');
  const isValid = new Ajv({ strict: false, allErrors: true }).compile(schema);
  isValid(JSON.parse(JSON.stringify(report)));
  expect(isValid.errors).toBeNull();
});

it('shows nothing of a folder that another run of the CI left', async () => {
  const run = (id: string) => ({
    ...{ GITHUB_SERVER_URL: 'https://git.example.com', GITHUB_REPOSITORY: 'a/b', GITHUB_RUN_ID: id },
  });
  await write(paths.snapshot, {
    ...{ run: 'r', result: 'observed', startedAt: '' },
    made: { ciRun: 'https://git.example.com/a/b/actions/runs/1' },
  });
  environment = run('1');
  expect(await statuses()).toEqual(good);
  environment = run('2');
  expect(await statuses()).toEqual(none);
});

it('shows of a run whose snapshot failed that failure alone', async () => {
  await write(paths.snapshot, { run: 'r2', result: 'failed', error: 'no remote' });
  expect(await statuses()).toEqual({ ...none, snapshot: 'failed' });
});

it.each([
  ['a plan that failed', paths.planRecord, 'plan-refresh'],
  ['a leg that failed', paths.leg(leg), 'buildx-refresh--ci-3.13-linux-amd64'],
  ['an image that failed', paths.image('ci', '3.13'), 'publish-images--ci-3.13'],
])('shows %s, and none of an earlier run', async (_what, path, step) => {
  await write(path, { run: 'r', result: 'failed', error: 'the words' });
  expect(await statuses()).toEqual({ ...good, [step]: 'failed' });
  await write(path, { run: 'earlier', result: 'failed', error: 'the words' });
  expect(await statuses()).toEqual({ ...good, [step]: 'skipped' });
});

it('shows a cell that failed, and nothing that was compared with it', async () => {
  const wrong = { ...good, 'check-constraints': 'skipped' };
  await write(paths.cellRecord(cell), { run: 'r', result: 'failed', error: 'the words' });
  expect(await statuses()).toEqual({ ...wrong, 'generate-constraints--core-3.13': 'failed' });
  await write(paths.cellRecord(cell), { run: 'earlier', result: 'failed', error: 'the words' });
  expect(await statuses()).toEqual({ ...wrong, 'generate-constraints--core-3.13': 'skipped' });
});

it.each([
  ['whose facts moved', () => writeFileAtomic(at(paths.cellFacts(cell)), '{ "mode": "other" }\n')],
  ['whose file is another', () => writeFileAtomic(at(paths.constraints(cell)), 'iniconfig==1.0\n')],
])('takes a cell %s for one that did not run', async (_what, change) => {
  await change();
  expect(await statuses()).toEqual({
    ...good,
    'generate-constraints--core-3.13': 'skipped',
    'check-constraints': 'skipped',
  });
});

it.each([
  ['of another build', paths.plan(leg), { ...plan, buildId: 'b2' }],
  ['of other inputs', paths.plan(leg), { ...plan, inputDigest: 'i2' }],
  ['planned in another run', paths.reasons(leg), { run: 'r0', leg: 'x', stale: true, reasons: [] }],
])('takes a leg %s for one that did not run', async (_what, path, record) => {
  await write(path, record);
  expect(await statuses()).toEqual({ ...good, 'buildx-refresh--ci-3.13-linux-amd64': 'skipped' });
});

it.each([
  ['answers another plan', paths.imagePlan('ci', '3.13'), { image: 'ci', python: '3.13', legs: [], tags: ['latest'] }],
  ['was planned in another run', paths.imageReasons('ci', '3.13'), { run: 'r0', reasons: [] }],
  [
    'names another image than the tags hold',
    paths.imageReasons('ci', '3.13'),
    { run: 'r', reasons: [], platforms: [{ platform: 'linux/amd64', digest: 'sha256:held' }] },
  ],
])('takes an image that %s for one that did not run', async (_what, path, record) => {
  await write(path, record);
  expect(await statuses()).toEqual({ ...good, 'publish-images--ci-3.13': 'skipped' });
});

it('takes a comparison with other published files for one that did not run', async () => {
  await writeFileAtomic(at(join(paths.published, 'core-3.13.txt')), 'iniconfig==1.0\n');
  expect(await statuses()).toEqual({ ...good, 'check-constraints': 'skipped' });
});
