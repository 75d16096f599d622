import { statusReport, type StatusParts } from './status-report';
import { statusTerminal } from './status-terminal';

const cell = { cell: 'core-3.13', file: 'core-3.13.txt', reasons: [] };
const unknown = { untimed: [], how: 'nothing was looked at' };
const refresh = {
  resolves: [],
  builds: [],
  mayBuild: [],
  publishes: [],
  time: { resolving: unknown, building: unknown },
};
const parts = (changed: Partial<StatusParts> = {}): StatusParts => ({
  ...{ project: 'app', observedAt: '2026-05-03T10:00:00.000Z', legs: [], images: [], troubles: [], notes: [] },
  ...{ sourceCommit: 'c0ffee', index: { newest: '2026-05-03T00:00:00Z', windowSeconds: 86400 } },
  ...{ cells: [{ ...cell, state: 'fresh' as const }], refresh },
  ...changed,
});
const branch = { name: 'constraints-main', tip: null, missing: [], extra: [] };

it.each<[string, Partial<StatusParts>, string, number]>([
  ['all is as it should be', {}, 'fresh', 0],
  ['cells would be resolved to nothing newer', { refresh: { ...refresh, resolves: ['core-3.13'] } }, 'fresh', 0],
  ['the branch has more files', { branch: { ...branch, extra: ['a.txt'] } }, 'fresh', 0],
  ['it is not known whether a cell is stale', { cells: [{ ...cell, state: 'unknown' }] }, 'fresh', 0],
  ['the branch lacks a file', { branch: { ...branch, missing: ['a.txt'] } }, 'changes-pending', 2],
  ['a cell is stale', { cells: [{ ...cell, state: 'stale' }] }, 'changes-pending', 2],
  ['a leg would be built', { refresh: { ...refresh, builds: ['ci'] } }, 'changes-pending', 2],
  ['an index would be published', { refresh: { ...refresh, publishes: ['ci'] } }, 'changes-pending', 2],
  ['anything is wrong', { troubles: [{ what: 'registry', says: 'no' }], branch }, 'trouble', 1],
])('where %s the outcome is told', (_what, changed, outcome, exitCode) => {
  expect(statusReport(parts(changed))).toMatchObject({ outcome, exitCode });
});

it('says on a terminal what is wrong, what is not known, and what would take how long', () => {
  const building = { seconds: 540, untimed: ['ci-3.13-linux-arm64'], how: 'as last time' };
  const text = statusTerminal(
    statusReport(
      parts({
        cells: [{ ...cell, state: 'stale', reasons: ['changed since c0ffee: core.in'] }],
        refresh: {
          ...refresh,
          resolves: ['core-3.13'],
          builds: ['a', 'b'],
          mayBuild: ['c'],
          time: { resolving: unknown, building },
        },
        troubles: [{ what: 'registry', says: 'is down', mend: 'Start it.' }],
        notes: ['the rest'],
      }),
    ),
  );
  expect(text.split('\n').slice(7)).toEqual([
    'A refresh would resolve 1 cell and build 2 legs.',
    'If pins change, it would build 1 more: c.',
    'Time of the cells: unknown: nothing was looked at',
    'Time of the legs: at least 9 min: as last time; never timed: ci-3.13-linux-arm64',
    ...['Trouble: registry: is down', '  → Start it.', 'Not known: the rest'],
  ]);
});
