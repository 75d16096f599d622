import type { Relation } from '@nx-ci-cache/git';
import { testInputs, testSpec } from '../testing/leg';
import type { RecordedLeg } from './leg-annotations';
import { standingOf, supersededBy } from './order';

const undated: RecordedLeg = {
  inputs: testInputs,
  buildId: 'theirs',
  digest: 'sha256:image',
  cacheDigest: 'sha256:cache',
  constraintsCommit: 'c1',
  sourceCommit: 's1',
  node: 'linux-amd64',
};
const recorded: RecordedLeg = { ...undated, observedAt: '2026-05-01T12:00:00.000Z' };
const movedBase = { ...testInputs, bases: { BASE: 'registry.example.com/base/python:3.11@sha256:other' } };
const never = async (): Promise<Relation> => {
  throw new Error('history was asked in vain');
};

interface Ours {
  readonly source?: Relation;
  readonly constraints?: Relation;
  readonly observedAt?: string;
  readonly inputs?: typeof testInputs;
  readonly theirs?: RecordedLeg | undefined;
}

const standing = ({ source, constraints, observedAt, inputs = testInputs, ...rest }: Ours) =>
  standingOf(testSpec(), inputs, 'theirs' in rest ? rest.theirs : recorded, {
    sourceCommit: source === undefined ? 's1' : 's2',
    constraintsCommit: constraints === undefined ? 'c1' : 'c2',
    observedAt: observedAt ?? '2026-05-01T13:00:00.000Z',
    toSource: source === undefined ? never : async () => source,
    toConstraints: constraints === undefined ? never : async () => constraints,
  });

const earlier = '2026-05-01T11:00:00.000Z';

it.each<[string, Ours]>([
  ['nothing is recorded', { theirs: undefined, source: 'older' }],
  ['the source is newer', { source: 'newer' }],
  ['the source is newer, whatever the constraints are', { source: 'newer', constraints: 'older' }],
  ['all is the same', {}],
  ['all is the same and was seen earlier', { observedAt: earlier }],
  ['the constraints are newer', { constraints: 'newer' }],
  ['the base image was seen later', { inputs: movedBase }],
  ['nobody knows when the recorded base image was seen', { inputs: movedBase, observedAt: earlier, theirs: undated }],
])('a run is ahead when %s', async (_name, ours) => {
  expect(await standing(ours)).toEqual({ place: 'ahead' });
});

it.each<[string, Ours, string, RegExp]>([
  ['is older', { source: 'older' }, 'other-source', /made from s1, which has our source commit s2 as ancestor$/],
  [
    'is unrelated',
    { source: 'unrelated' },
    'other-source',
    /no ancestor of our source commit s2; .*remove the leg tag /,
  ],
  [
    'is unknown',
    { source: 'unknown' },
    'other-source',
    /no history at hand .*push the source branch .*remove the leg tag /,
  ],
  ['has older constraints', { constraints: 'older' }, 'older-state', /constraints of c1, which come after our c2$/],
  [
    'has unrelated constraints',
    { constraints: 'unrelated' },
    'older-state',
    /does not relate our c2.*remove the leg tag /,
  ],
  ['has unknown constraints', { constraints: 'unknown' }, 'older-state', /does not relate our c2.*remove the leg tag /],
  [
    'saw the base image earlier',
    { inputs: movedBase, observedAt: earlier },
    'older-state',
    /as of .*12:00.*as of .*11:00/,
  ],
])('a run that %s is behind, and says why', async (_name, ours, place, reason) => {
  expect(await standing(ours)).toEqual({ place, reason: expect.stringMatching(reason) });
});

it('lets force build another source, and never an older state of the same one', () => {
  expect(supersededBy({ place: 'other-source', reason: 'r' }, true)).toBeUndefined();
  expect(supersededBy({ place: 'other-source', reason: 'r' }, false)).toBe('r');
  expect(supersededBy({ place: 'older-state', reason: 'r' }, true)).toBe('r');
});
