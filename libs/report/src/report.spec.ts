import { htmlPage } from './html';
import { refreshMarkdown } from './markdown';
import { refreshReport } from './refresh-report';
import type { RunRecords } from './run-records';
import type { LegInputs } from '@nx-ci-cache/records';

const inputs = {} as LegInputs;
const plan = { image: 'ci', python: '3.13', platform: 'linux/arm64', inputDigest: 'sha256:1', buildId: 'b1' };

const records: RunRecords = {
  branch: {
    run: 'r2',
    startedAt: '2026-05-02T10:00:00Z',
    imageBranch: 'main',
    sourceCommit: 'c0ffee',
    branch: 'constraints-main',
    remote: 'https://git.example.com/x',
    tip: null,
    cutoff: '2026-05-02T00:00:00Z',
  },
  cells: [
    {
      cell: 'core-3.13',
      facts: 'sha256:f',
      record: { mode: 'core', python: '3.13', cutoff: '', resolver: '', facts: 'sha256:f', digest: '', pins: 7 },
    },
  ],
  changes: { run: 'r2', result: 'unchanged', files: [], digests: {} },
  push: {
    run: 'r2',
    result: 'unchanged',
    branch: 'constraints-main',
    remote: '',
    oldCommit: 'abc',
    newCommit: 'abc',
    attempts: 1,
    files: [],
    reasons: [],
  },
  legs: [
    {
      leg: 'ci-3.13-linux-arm64',
      plan,
      reasons: { run: 'r2', leg: 'ci-3.13-linux-arm64', stale: false, reasons: [], inputs, constraintsCommit: 'abc' },
      record: {
        result: 'built',
        leg: '',
        platform: 'linux/arm64',
        inputDigest: 'sha256:1',
        buildId: 'b1',
        ranOn: 'linux/amd64',
      },
    },
  ],
  images: [{ name: 'ci-3.13', record: { run: 'r2', result: 'unchanged', image: 'ci', python: '3.13' } }],
};

const [leg] = records.legs;
const statuses = (found: RunRecords) => refreshReport(found).lines.map(({ status }) => status);

describe('refreshReport', () => {
  it('says of a second run that nothing changed, step by step', () => {
    const report = refreshReport(records);
    expect(report.ok).toBe(true);
    expect(report.lines.filter(({ text }) => text.includes('nothing changed')).map(({ step }) => step)).toEqual([
      'check-constraints',
      'push-constraints',
      'buildx-refresh--ci-3.13-linux-arm64',
      'publish-images--ci-3.13',
    ]);
  });

  it('takes records of an earlier run for steps that did not run', () => {
    const branch = { ...(records.branch as NonNullable<RunRecords['branch']>), run: 'r3' };
    expect(statuses({ ...records, branch })).toEqual(['done', 'skipped', 'skipped', 'skipped', 'skipped']);
    expect(refreshReport({ ...records, branch }).ok).toBe(false);
  });

  it('takes a cell whose facts moved for one that did not run', () => {
    const [cell] = records.cells;
    expect(statuses({ ...records, cells: [{ ...cell!, facts: 'sha256:other' }] })[0]).toBe('skipped');
  });

  it('takes a leg record of another build for none', () => {
    expect(statuses({ ...records, legs: [{ ...leg!, plan: { ...plan, buildId: 'b2' } }] })[3]).toBe('skipped');
  });

  it('names node, emulation and reasons of a built leg', () => {
    const stale = {
      ...leg!,
      reasons: { ...leg!.reasons!, stale: true, reasons: ['constraints changed: core-3.13.txt'] },
    };
    const built = { ...stale, record: { ...leg!.record!, node: 'linux-arm64', steps: { total: 4, cached: 1 } } };
    expect(refreshReport({ ...records, legs: [built] }).lines[3]).toEqual({
      step: 'buildx-refresh--ci-3.13-linux-arm64',
      status: 'done',
      text: 'built on linux-arm64, emulated on linux/amd64, 1 of 4 steps cached: constraints changed: core-3.13.txt',
    });
  });

  it('shows a failed step with its whole error and everything after it as skipped', () => {
    const failed = {
      ...records,
      push: { ...records.push!, result: 'failed' as const, error: 'PushRefused: no\n  → Do this.' },
      legs: [{ ...leg!, reasons: undefined }],
    };
    const report = refreshReport(failed);
    expect(report.lines.map(({ status }) => status)).toEqual(['done', 'unchanged', 'failed', 'skipped', 'unchanged']);
    expect(refreshMarkdown(report)).toContain('### push-constraints failed\n\n    PushRefused: no\n      → Do this.\n');
  });
});

describe('renderings', () => {
  const hostile = '<script>alert(1)</script> | ::error::x \u001b[31m \u202e';
  const report = refreshReport({
    ...records,
    changes: { run: 'r2', result: 'failed', files: [], digests: {}, error: hostile },
  });

  it('neutralise markup, control sequences and CI commands that come from outside', () => {
    const markdown = refreshMarkdown(report);
    const page = htmlPage(markdown);
    // In the markdown it stands in code, where it is text.
    expect(markdown).toContain('`<script>');
    expect(page).not.toContain('<script');
    for (const text of [markdown, page]) {
      expect(text).not.toContain('\u001b');
      expect(text).not.toContain('\u202e');
      expect(text).not.toContain('::error');
    }
    expect(page).toContain('<table>');
  });
});
