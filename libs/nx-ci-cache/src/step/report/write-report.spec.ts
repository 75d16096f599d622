import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConfig } from '@nx-ci-cache/config';
import { recordPaths } from '@nx-ci-cache/records';
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

it.each([
  ['whole where there is room', 10, /^\.{10}# Refresh [^]*generate-constraints--core-3\.13/],
  ['cut where something is there already', summaryLimit - 200, /^\.+[^]*the rest is in dist\/app\/refresh\.md/],
])('adds the report to the summary, %s', async (_name, there, expected) => {
  const root = mkdtempSync(join(tmpdir(), 'write-report-'));
  try {
    const summary = join(root, 'summary');
    writeFileSync(summary, '.'.repeat(there));
    const context = {
      ...{ workspaceRoot: root, config, paths: recordPaths('app'), at: (path: string) => join(root, path) },
      ...{ environment: { GITHUB_STEP_SUMMARY: summary }, say: () => undefined },
    } as unknown as StepContext;
    await writeReport(context);
    const text = readFileSync(summary, 'utf8');
    expect(text).toMatch(expected);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(summaryLimit);
  } finally {
    rmSync(root, { recursive: true });
  }
});
