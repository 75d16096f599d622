import type { ChangesRecord, LegReasons, LegRecord, PushRecord } from '@nx-ci-cache/records';
import { skipped } from '../line';
import { cellLine } from './cell';
import { changesLine } from './changes';
import { imageLine } from './image';
import { legLine } from './leg';
import { pushLine } from './push';
import { planLine, snapshotLine } from './snapshot';

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
const due = { kind: 'constraints', text: 'constraints changed: core-3.13.txt' } as const;
const reasons: LegReasons = {
  ...{ run: 'r2', leg: 'ci', stale: true, reasons: [due], constraintsCommit: 'abc' },
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
  ])('of %s', (_what, line, status, text) => expect(line).toMatchObject({ status, text }));
});

it('tells of what was written how it was looked at again', () => {
  const written = { repository: 'r/ci', digest: 'sha256:i', cacheRef: 'r/cache:ci', cacheDigest: 'sha256:c' };
  const tags = [
    { tag: 'abc', action: 'created' as const },
    { tag: 'latest', action: 'kept' as const },
  ];
  const verified = [
    pushLine({ ...push, result: 'pushed', tag: 'constraints-1.0.0' }),
    legLine({ ...leg, ...written }, reasons),
    imageLine({ ...image, result: 'published', repository: 'r/ci', tags }, undefined),
    pushLine(push),
  ].map((line) => (line.verified ?? []).map(({ what }) => what));
  expect(verified).toEqual([
    ['constraints-main at abc', 'the tag constraints-1.0.0'],
    ['r/ci@sha256:i', 'r/cache:ci@sha256:c'],
    ['r/ci:abc at sha256:1'],
    [],
  ]);
});

it('says of a branch that somebody else pushed who was at it, and of one of ours nothing', () => {
  const record = { run: 'r2', result: 'observed' as const, startedAt: '' };
  expect(snapshotLine(record, branch).reasons).toBeUndefined();
  expect(snapshotLine(record, { ...branch, tip: 'c0ffee'.repeat(7), foreignTip: true }).reasons).toEqual([
    { kind: 'foreign-tip', text: 'constraints-main at c0ffeec0ffee was pushed by others' },
  ]);
});
