import type { FileChanges } from '@nx-ci-cache/records';
import { marked } from 'marked';
import { refreshMarkdown } from './markdown';
import { refreshReport, type ReportedRun, type ReportStep } from './refresh-report';
import { refreshTerminal } from './terminal';
import { branchFacts, done, reportedRun, stepOf } from './testing/run';

const markdown = (changed: Partial<ReportedRun>) =>
  refreshMarkdown(refreshReport(reportedRun(changed)), 'dist/app/refresh.html');
const terminal = (changed: Partial<ReportedRun>) =>
  refreshTerminal(refreshReport(reportedRun(changed)), 'dist/app/refresh.html');

const failed = { steps: [stepOf('push-constraints', 'failed', 'the words\n  → Do this.')] };
const preview = { branch: { ...branchFacts, preview: 'this is a pull request' } };

it.each<[string, Partial<ReportedRun>, string]>([
  ['a run', { steps: [stepOf('push-constraints', 'done')] }, 'Refreshed: ci-cache'],
  ['a run without changes', {}, 'Nothing to do: ci-cache'],
  ['a preview', preview, 'Preview, nothing was changed: ci-cache'],
  ['a run that failed', failed, 'Failed at push-constraints: ci-cache'],
  ['a preview that failed', { ...failed, ...preview }, 'Failed at push-constraints: ci-cache'],
])('are headed by outcome and project of %s', (_what, changed, title) => {
  expect(markdown(changed).split('\n')[0]).toBe(`# ${title}`);
  expect(terminal(changed).split('\n')[0]).toBe(title);
});

it('show the whole error of a failed step', () => {
  expect(markdown(failed)).toContain('### push-constraints failed\n\n    the words\n      → Do this.\n');
  expect(terminal(failed)).toContain('push-constraints failed:\n  the words\n    → Do this.\n');
});

const cell = (name: string, pins: number): ReportStep => ({
  ...stepOf('generate-constraints', 'unchanged', `nothing changed, ${pins} pins`),
  step: `generate-constraints--${name}`,
});
const leg = (name: string, cached: number): ReportStep => ({
  ...{ ...stepOf('buildx-refresh', 'done', `built on ${name}: forced`), step: `buildx-refresh--${name}` },
  build: { node: name, steps: { total: 5, cached } },
  made: { run: 'r', startedAt: '2026-05-02T10:00:00.000Z', endedAt: '2026-05-02T10:01:02.300Z' },
});
const changed: FileChanges = {
  ...{ file: 'core-3.13.txt', published: true, unchanged: 1 },
  changes: [
    { name: 'attrs', kind: 'upgraded', from: '1', to: '2' },
    { name: 'six', kind: 'removed', from: '1' },
  ],
};

describe('on the terminal', () => {
  const long = `the words ${'of an error '.repeat(30)}sha256:${'0'.repeat(64)}`;
  const text = terminal({
    steps: [cell('core-3.11', 7), cell('core-3.13', 9), leg('amd64', 1), stepOf('publish-images', 'done', long)],
    changes: {
      ...{ run: 'r', inputs: '', result: 'changed', digests: {} },
      files: [changed, { ...changed, changes: [] }],
    },
  });

  it('fold parts that say the same, and count what was built', () => {
    expect(text).toMatch(/^generate-constraints \(2\) +same +nothing changed$/m);
    expect(text).toMatch(/^buildx-refresh--amd64 +changed +62\.3 +1\/5 +built on amd64: forced$/m);
    expect(text).toMatch(/^Pins: 1 of 2 files changed: 1 upgraded, 1 removed$/m);
    expect(text).toMatch(/^All of it: dist\/app\/refresh\.html$/m);
  });

  it('fit 100 columns, without markup', () => {
    expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(100);
    expect(text).not.toMatch(/[|#`]/);
    // No part of a word stands alone.
    const parts = text.split(/\s+/).filter((word) => /^(?:o|f|a|n|er?|err?|erro|r|or|ror|rror)$/.test(word));
    expect(parts).toEqual([]);
    expect(text).toContain('sha256:000000000000\n');
  });

  it('say of a record of another run that Nx restored it', () => {
    expect(terminal({ steps: [{ ...done, replayed: true }] })).toMatch(/7 pins \(restored by Nx\)$/m);
  });
});

it('neutralise markup, control sequences and CI commands that come from outside', () => {
  const hostile = '<script>alert(1)</script> | ::error::x \u001b[31m \u202e';
  const text = markdown({ steps: [stepOf('check-constraints', 'failed', hostile)] });
  const page = marked.parse(text, { async: false });
  // In the markdown it stands in code, where it is text.
  expect(text).toContain('`<script>');
  expect(page).not.toContain('<script');
  for (const each of [text, page]) {
    expect(each).not.toContain('\u001b');
    expect(each).not.toContain('\u202e');
    expect(each).not.toContain('::error');
  }
  expect(page).toContain('<table>');
});
