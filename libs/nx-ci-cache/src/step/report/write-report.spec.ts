import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeJson } from '@nx-ci-cache/process';
import { parseConfig } from '@nx-ci-cache/config';
import { recordPaths, type BranchFacts, type SnapshotRecord } from '@nx-ci-cache/records';
import { summaryLimit } from '@nx-ci-cache/report';
import type { StepContext } from '../context/context';
import { writeReport } from './write-report';

const config = parseConfig(
  JSON.stringify({
    pythons: ['3.13'],
    constraints: { modes: { core: { requirements: ['core.in'] } } },
    push: { branches: [{ from: 'main', to: 'constraints-main' }] },
  }),
  'app',
);

let root: string;
let summary: string;
let context: StepContext;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'write-report-'));
  summary = join(root, 'summary');
  context = {
    ...{ workspaceRoot: root, projectName: 'ci-cache', config, paths: recordPaths('app') },
    ...{ at: (path: string) => join(root, path), environment: { GITHUB_STEP_SUMMARY: summary }, say: () => undefined },
  } as unknown as StepContext;
});
afterEach(() => rmSync(root, { recursive: true }));

it.each([
  ['whole where there is room', 10, /^\.{10}# Failed at snapshot: ci-cache\n[^]*generate-constraints--core-3\.13/],
  ['cut where something is there already', summaryLimit - 200, /^\.+[^]*the rest is in dist\/app\/refresh\.md/],
])('adds the report to the summary, %s', async (_name, there, expected) => {
  writeFileSync(summary, '.'.repeat(there));
  await writeReport(context);
  const text = readFileSync(summary, 'utf8');
  expect(text).toMatch(expected);
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(summaryLimit);
});

it('leaves a badge of the outcome beside it', async () => {
  await writeReport(context);
  expect(JSON.parse(readFileSync(join(root, 'dist/app/refresh-badge.json'), 'utf8'))).toEqual({
    ...{ schemaVersion: 1, label: 'ci-cache', message: 'failed at snapshot', color: 'red', isError: true },
  });
});

it('adds a run to the summary once, whoever reports it again, and again when there is more to say', async () => {
  const observe = async (run: string) => {
    const snapshot: SnapshotRecord = { run, result: 'observed', startedAt: '2026-05-01T00:00:00Z' };
    await writeJson(context.at(context.paths.snapshot), snapshot);
    await writeJson(context.at(context.paths.branch), { run } as BranchFacts);
  };
  const summaries = async () => {
    await writeReport(context);
    return readFileSync(summary, 'utf8').match(/^# /gm)?.length;
  };
  await observe('one');
  expect([await summaries(), await summaries()]).toEqual([1, 1]);
  await writeJson(context.at(context.paths.push), { run: 'one', result: 'failed', error: 'no' });
  expect([await summaries(), await summaries()]).toEqual([2, 2]);
  await observe('two');
  expect(await summaries()).toBe(3);
});
