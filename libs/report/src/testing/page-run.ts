/** A run for the page in tests and benches: as many files, pins, changes and legs as are asked for, always the same ones. */
import type { FileChanges, HeldPin, PinChange } from '@nx-ci-cache/records';
import type { PageRun, ReportedFile } from '../page/page-run';
import type { ReportStep } from '../refresh-report';
import { branchFacts, reportedRun, stepOf } from './run';

export interface Size {
  readonly pythons: readonly string[];
  readonly modes: readonly string[];
  readonly pins: number;
  /** In each file. */
  readonly changes: number;
  readonly legs: number;
}

export const small: Size = { pythons: ['3.11', '3.13'], modes: ['core', 'all'], pins: 60, changes: 8, legs: 4 };

export const pageRun = (size: Size = small, changed: Partial<PageRun> = {}): PageRun => {
  const files = size.pythons.flatMap((python) => size.modes.map((mode) => fileOf(mode, python, size)));
  return {
    ...reportedRun({ branch: { ...branchFacts, tip: 'b'.repeat(40) }, steps: stepsOf(size) }),
    changes: {
      ...{ run: 'r', inputs: '', result: 'changed', digests: {} },
      files: files.map((file) => changesOf(file, size)),
      held: Object.fromEntries(files.map(({ file }) => [file, [held]])),
    },
    ...{ files, windowSeconds: 86_400, ...changed },
  };
};

const nameOf = (at: number): string => `package-${String(at).padStart(4, '0')}`;

const fileOf = (mode: string, python: string, { pins }: Size): ReportedFile => ({
  ...{ file: `${mode}-${python}.txt`, mode, python, indexUrl: 'https://index.example.com/simple/' },
  pins: Array.from({ length: pins }, (_, at) => ({
    ...{ name: nameOf(at), version: at === 3 ? '2.1.0rc1' : `2.${at % 7}.0`, isPrerelease: at === 3 },
  })),
});

const held: HeldPin = {
  name: nameOf(9),
  version: '2.2.0',
  newest: '3.0.0',
  cause: { by: 'bound', of: ['package-0001'] },
};

const changesOf = ({ file, pins }: ReportedFile, { changes }: Size): FileChanges => ({
  ...{ file, published: true, unchanged: pins.length - changes },
  changes: Array.from({ length: changes }, (_, at): PinChange => {
    const { name, version } = pins[at] ?? { name: nameOf(at), version: '1' };
    if (at % 8 === 1) return { name: `removed-${at}`, kind: 'removed', from: '1.0' };
    const release = {
      uploaded: '2026-04-20T10:00:00Z',
      ageDays: 12,
      ...(at % 8 === 2 ? { yanked: 'broken wheel' } : {}),
    };
    return {
      ...{ name, to: version, release, requiredBy: ['requirements/all.in', nameOf(at + 1)] },
      ...(at % 8 === 4
        ? { kind: 'added' as const }
        : { kind: at % 8 === 5 ? ('downgraded' as const) : ('upgraded' as const), from: '2.0' }),
    };
  }),
});

/** Two nodes, one of which emulates; each leg takes longer than the one before. */
const stepsOf = ({ legs }: Size): ReportStep[] => {
  const made = (from: number, to: number) => ({ run: 'r', startedAt: instant(from), endedAt: instant(to) });
  return [
    { ...stepOf('snapshot', 'unchanged', 'nothing changed by looking'), made: made(0, 2) },
    { ...stepOf('generate-constraints', 'done', '60 pins'), made: made(2, 9) },
    { ...stepOf('check-constraints', 'done', '4 of 4 files changed'), made: made(9, 10) },
    {
      ...{ ...stepOf('push-constraints', 'done', 'pushed, constraints-main at 9c02f51b7d44'), made: made(10, 12) },
      verified: [{ what: 'constraints-main at 9c02f51b7d44', how: 'compare-and-swap, and the remote was asked again' }],
    },
    ...Array.from({ length: legs }, (_, at) => legStep(at)),
  ];
};

const legStep = (at: number): ReportStep => {
  const isEmulated = at % 2 === 1;
  const [from, to] = [12 + Math.floor(at / 2) * 20, 12 + Math.floor(at / 2) * 20 + (isEmulated ? 20 : 11)];
  const name = `ci-3.${11 + at}-linux-${isEmulated ? 'arm64' : 'amd64'}`;
  return {
    ...{
      ...stepOf('buildx-refresh', 'done', `built on ${isEmulated ? 'second' : 'first'}`),
      step: `buildx-refresh--${name}`,
    },
    made: { run: 'r', startedAt: instant(from), endedAt: instant(to) },
    reasons: [{ kind: 'constraints', text: 'constraints changed: core-3.11.txt' }],
    build: {
      ...{ node: isEmulated ? 'second' : 'first', seconds: to - from, steps: { total: 5, cached: 2 } },
      ...{ startedAt: instant(from), endedAt: instant(to), criticalPathSeconds: 9, exportSeconds: 1 },
      ...(isEmulated ? { emulatedOn: 'linux/amd64' } : {}),
      ran: [{ step: 'deps 2/3 ran: COPY app/ /app/', reasons: ['app/models.py changed'] }],
      timings: [
        { step: '[deps 1/3] RUN apt-get update', cached: true, seconds: 0 },
        { step: '[deps 2/3] COPY app/ /app/', cached: false, seconds: 9 },
      ],
      ...{ imageBytes: 180_000_000, cacheBytes: 220_000_000, cacheManifestBytes: 7200 },
    },
  };
};

const instant = (second: number): string =>
  new Date(Date.parse('2026-05-02T10:00:00.000Z') + second * 1000).toISOString();
