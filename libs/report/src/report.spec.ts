import type { ChangesRecord, LegReasons, LegRecord, PushRecord } from '@nx-ci-cache/records';
import { htmlPage } from './html';
import { skipped } from './line';
import { cellLine } from './lines/cell';
import { changesLine } from './lines/changes';
import { imageLine } from './lines/image';
import { legLine } from './lines/leg';
import { pushLine } from './lines/push';
import { planLine, snapshotLine } from './lines/snapshot';
import { refreshMarkdown } from './markdown';
import { refreshReport, type ReportedRun } from './refresh-report';

const branch = {
  run: 'r2',
  startedAt: '2026-05-02T10:00:00Z',
  imageBranch: 'main',
  sourceCommit: 'c0ffee',
  branch: 'constraints-main',
  remote: 'https://git.example.com/x',
  tip: null,
  cutoff: '2026-05-02T00:00:00Z',
};

const failure = { run: 'r2', result: 'failed' as const, error: 'the words\n  → Do this.' };
const changes: ChangesRecord = { run: 'r2', inputs: 'i', result: 'unchanged', files: [], digests: {} };
const push: PushRecord = {
  ...{ run: 'r2', result: 'unchanged', branch: 'constraints-main', remote: '', oldCommit: 'abc', newCommit: 'abc' },
  ...{ attempts: 1, files: [], reasons: [] },
};
const cell = { mode: 'core', python: '3.13', cutoff: '', resolver: '', facts: 'f', digest: 'd', pins: 7 };
const leg: LegRecord = {
  ...{ result: 'built', leg: 'ci', platform: 'linux/arm64', inputDigest: 'i', buildId: 'b', ranOn: 'linux/amd64' },
};
const reasons: LegReasons = {
  ...{ run: 'r2', leg: 'ci', stale: true, reasons: ['constraints changed: core-3.13.txt'], constraintsCommit: 'abc' },
  inputs: {} as LegReasons['inputs'],
};
const image = { run: 'r2', plan: 'p', result: 'unchanged' as const, image: 'ci', python: '3.13', digest: 'sha256:1' };

describe('the line of a step', () => {
  it.each([
    ['snapshot', (record?: typeof failure) => snapshotLine(record, undefined)],
    ['a cell', (record?: typeof failure) => cellLine(record, 'core-3.13.txt', undefined)],
    ['the comparison', changesLine],
    ['the push', pushLine],
    ['the plan', planLine],
    ['a leg', (record?: typeof failure) => legLine(record, undefined)],
    ['an image', (record?: typeof failure) => imageLine(record, undefined)],
  ])('of %s that failed says so with its words, and that it did not run when there is no record', (_what, line) => {
    expect(line(failure)).toEqual({ status: 'failed', text: failure.error });
    expect(line()).toEqual(skipped);
  });

  it.each([
    ['snapshot', snapshotLine({ run: 'r2', result: 'observed', startedAt: '' }, branch)],
    [
      'a cell whose file is as published',
      cellLine(cell, 'core-3.13.txt', {
        ...changes,
        files: [{ file: 'core-3.13.txt', published: true, unchanged: 7, changes: [] }],
      }),
    ],
    ['the comparison', changesLine(changes)],
    ['the push', pushLine(push)],
    ['the plan', planLine({ run: 'r2', result: 'planned', stale: 0, fresh: 4 })],
    ['a fresh leg', legLine(leg, { ...reasons, stale: false, reasons: [] })],
    ['an image', imageLine(image, undefined)],
    [
      'an image of an earlier run',
      imageLine({ ...image, result: 'published' }, { run: 'r2', image: 'ci', python: '3.13', reasons: [] }),
    ],
  ])('says of %s where nothing changed that nothing changed', (_what, line) => {
    expect(line).toEqual({ status: 'unchanged', text: expect.stringContaining('nothing changed') });
  });

  it.each([
    ['a cell', cellLine(cell, 'core-3.13.txt', undefined), 'done', '7 pins'],
    ['a push', pushLine({ ...push, result: 'pushed' }), 'done', 'pushed, constraints-main at abc'],
    ['a refusal of the remote', pushLine({ ...push, result: 'refused', reasons: ['no'] }), 'failed', 'no'],
    ['stale legs', planLine({ run: 'r2', result: 'planned', stale: 1, fresh: 3 }), 'done', '1 stale, 3 fresh'],
    [
      'stale legs of a preview',
      planLine({ run: 'r2', result: 'planned', stale: 1, fresh: 3, denied: 'a dry run was asked for' }),
      'previewed',
      '1 stale, 3 fresh; nothing is built: a dry run was asked for',
    ],
    [
      'a built leg, with node, emulation and reasons',
      legLine({ ...leg, node: 'linux-arm64', steps: { total: 4, cached: 1 } }, reasons),
      'done',
      'built on linux-arm64, emulated on linux/amd64, 1 of 4 steps cached: constraints changed: core-3.13.txt',
    ],
    [
      'a leg of a preview',
      legLine({ ...leg, result: 'previewed' }, reasons),
      'previewed',
      'would be built: constraints changed: core-3.13.txt',
    ],
    [
      'tags that moved',
      imageLine({ ...image, result: 'published', tags: [{ tag: 'latest', action: 'moved' }] }, undefined),
      'done',
      'published: latest moved',
    ],
  ])('of %s', (_what, line, status, text) => expect(line).toEqual({ status, text }));
});

describe('refreshReport', () => {
  const line = { step: 'push-constraints', ...pushLine(push) };
  const run = (changed: Partial<ReportedRun>) =>
    refreshReport({ project: 'ci-cache', branch, lines: [line], files: [], ...changed });

  it('is right when every step has a good record of a run that was observed', () => {
    expect(run({}).ok).toBe(true);
    expect(run({ branch: undefined }).ok).toBe(false);
    expect(run({ lines: [line, { step: 'x', ...skipped }] }).ok).toBe(false);
    expect(run({ lines: [line, { step: 'x', ...pushLine(failure) }] }).ok).toBe(false);
  });

  const preview = { ...branch, preview: 'this is a pull request' };
  const failed = { lines: [{ step: 'push-constraints', ...pushLine(failure) }] };

  it.each<[string, Partial<ReportedRun>, string]>([
    ['a run', {}, '# Refresh of ci-cache succeeded'],
    ['a preview', { branch: preview }, '# Preview: nothing was changed (ci-cache)'],
    ['a run that failed', failed, '# Refresh of ci-cache did not succeed'],
    ['a preview that failed', { ...failed, branch: preview }, '# Refresh of ci-cache did not succeed'],
  ])('is headed by project and outcome of %s', (_what, changed, title) => {
    expect(refreshMarkdown(run(changed)).split('\n')[0]).toBe(title);
  });

  it('never says of a preview that it succeeded', () => {
    expect(refreshMarkdown(run({ branch: preview }))).not.toMatch(/succeeded/i);
  });

  it('shows the whole error of a failed step', () => {
    const report = run({ lines: [{ step: 'push-constraints', ...pushLine(failure) }] });
    expect(refreshMarkdown(report)).toContain('### push-constraints failed\n\n    the words\n      → Do this.\n');
  });
});

describe('renderings', () => {
  const hostile = '<script>alert(1)</script> | ::error::x \u001b[31m \u202e';
  const lines = [{ step: 'check-constraints', ...changesLine({ ...failure, error: hostile }) }];

  it('neutralise markup, control sequences and CI commands that come from outside', () => {
    const markdown = refreshMarkdown(refreshReport({ project: 'ci-cache', branch, lines, files: [] }));
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
