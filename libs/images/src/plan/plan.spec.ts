import { digestOf } from '@nx-ci-cache/process';
import { testInputs, testSpec } from '../testing/leg';
import { constraintsOf, inputDigest, legInputs } from './inputs';
import { legAnnotations, parseLegAnnotations, type RecordedLeg } from './leg-annotations';
import { pinnedImages } from './pinned-images';
import { planLeg } from './plan-leg';
import { inputDifferences } from './reasons';

const allCached: RecordedLeg = {
  inputs: testInputs,
  buildId: 'old-build',
  digest: 'sha256:image',
  cacheDigest: 'sha256:cache',
  constraintsCommit: 'c0ffee',
  sourceCommit: 'abcdef',
  node: 'linux-amd64',
};
const recorded: RecordedLeg = { ...allCached, ranOn: 'linux/amd64', observedAt: '2026-05-01T00:00:00.000Z' };

const absent = { kind: 'first', text: 'no leg tag yet' } as const;
const gone = { kind: 'cache-gone', text: 'the cache is gone' } as const;

describe('the key of a leg', () => {
  const base = 'registry.example.com/base/python:3.11';
  const facts = {
    spec: testSpec({ buildArgs: { MODE: 'x' } }),
    contextDigest: 'sha256:context',
    dockerfile: 'FROM scratch',
    constraints: { 'constraints-3.11.txt': 'a==1\n' },
    images: { contexts: {} },
    bases: { [base]: 'sha256:b', other: 'sha256:o' },
  };

  it('holds what the image depends on, and nothing of other Pythons or images', () => {
    expect(legInputs({ ...facts, contexts: {} })).toEqual({
      recipe: '1',
      context: 'sha256:context',
      dockerfile: digestOf('FROM scratch'),
      constraints: { 'constraints-3.11.txt': digestOf('a==1\n') },
      bases: { BASE: `${base}@sha256:b` },
      buildArgs: { MODE: digestOf('x') },
      platform: 'linux/amd64',
    });
  });

  it('holds the constraint files of its own Python and platform, by the names that a build on any platform finds', () => {
    const published = { 'core-3.13.txt': 'a==1\n', 'core-3.13-linux-arm64.txt': 'a==2\n', 'core-3.11.txt': 'a==3\n' };
    const constraintFiles = { 'core-3.13.txt': 'core-3.13-linux-arm64.txt', 'new-3.13.txt': 'new-3.13.txt' };
    expect(constraintsOf({ constraintFiles }, published)).toEqual({ 'core-3.13.txt': 'a==2\n' });
  });

  it('holds the stage that is the image only where one is named', () => {
    const inputs = legInputs({ ...facts, spec: testSpec({ buildArgs: { MODE: 'x' }, target: 'runtime' }) });
    expect(inputs).toEqual({ ...legInputs(facts), target: 'runtime' });
    expect(inputDifferences(legInputs(facts), inputs)).toEqual([
      { kind: 'target', text: 'the target changed: the last stage → runtime' },
    ]);
  });

  it('holds commit and tags only where the context has a .git', () => {
    const inputs = legInputs({ ...facts, gitDir: 'sha256:git' });
    expect(inputs).toEqual({ ...legInputs(facts), gitDir: 'sha256:git' });
    expect(inputDifferences(legInputs({ ...facts, gitDir: 'sha256:old' }), inputs)).toEqual([
      { kind: 'source', text: 'the commit, or a tag of its history, is another one (gitDir)' },
    ]);
  });

  it('holds the images that the Dockerfile itself names, and what reads it', () => {
    const image = { reference: 'docker.io/library/node:22', line: 2 };
    const syntax = { reference: 'docker.io/docker/dockerfile:1', line: 1 };
    const bases = { ...facts.bases, [image.reference]: 'sha256:n', [syntax.reference]: 'sha256:d' };
    expect(legInputs({ ...facts, images: { contexts: { 'node:22': image }, syntax }, bases }).bases).toEqual({
      BASE: `${base}@sha256:b`,
      'docker.io/library/node:22': 'docker.io/library/node:22@sha256:n',
      '# syntax': 'docker.io/docker/dockerfile:1@sha256:d',
    });
  });

  it('holds the inputs of a leg that is a base, whose image is not there yet', () => {
    const other = {
      image: 'base',
      name: 'base-3.11-linux-amd64',
      repository: 'registry.example.com/b',
      legRef: 'r:leg',
    };
    const user = testSpec({ bases: {}, imageBases: { BASE: other } });
    const inputs = legInputs({ ...facts, spec: user, baseLegs: { [other.name]: 'sha256:i' } });
    expect(inputs.bases).toEqual({ BASE: 'leg:base-3.11-linux-amd64@sha256:i' });
    const digests = { 'leg:base-3.11-linux-amd64': 'sha256:image' };
    expect(pinnedImages(user, facts.images, digests).bases).toEqual({ BASE: 'registry.example.com/b@sha256:image' });
    expect(() => legInputs({ ...facts, spec: user })).toThrow('no digest of base image base-3.11-linux-amd64');
  });

  it('changes with each of its parts', () => {
    const spec = facts.spec;
    const others = [
      { ...facts, contextDigest: 'sha256:other' },
      { ...facts, contexts: { shared: 'sha256:shared' } },
      { ...facts, dockerfile: 'FROM scratch\n' },
      { ...facts, constraints: { 'constraints-3.11.txt': 'a==2\n' } },
      { ...facts, constraints: {} },
      { ...facts, bases: { [base]: 'sha256:moved' } },
      { ...facts, spec: { ...spec, buildArgs: { MODE: 'y' } } },
      { ...facts, spec: { ...spec, platform: 'linux/arm64' } },
    ];
    const digests = [facts, ...others].map((each) => inputDigest(legInputs(each)));
    expect(new Set(digests).size).toBe(digests.length);
  });
});

describe('the reasons', () => {
  it('are none for equal keys', () => {
    expect(inputDifferences(testInputs, { ...testInputs })).toEqual([]);
  });

  it.each([
    [{ recipe: '2' }, 'recipe', 'the build recipe changed: 1 → 2'],
    [{ context: 'x' }, 'source', 'files of the source context changed'],
    [{ contexts: { shared: 'x' } }, 'source', 'files of the context shared changed'],
    [{ dockerfile: 'x' }, 'dockerfile', 'the Dockerfile changed'],
    [{ constraints: { 'constraints-3.11.txt': 'x' } }, 'constraints', 'constraints changed: constraints-3.11.txt'],
    [{ constraints: {} }, 'constraints', 'constraints changed: constraints-3.11.txt'],
    [{ bases: { BASE: 'a@b' } }, 'base', `base image BASE moved: ${testInputs.bases['BASE']} → a@b`],
    [{ buildArgs: {} }, 'argument', 'build argument MODE changed'],
    [{ platform: 'linux/arm64' }, 'platform', 'the platform changed: linux/amd64 → linux/arm64'],
  ])('for %j', (change, kind, text) => {
    expect(inputDifferences(testInputs, { ...testInputs, ...change })).toEqual([{ kind, text }]);
  });
});

describe('the plan', () => {
  const plan = (changes: object = {}) =>
    planLeg({
      spec: testSpec(),
      inputs: testInputs,
      state: { recorded, problems: [] },
      newBuildId: 'new-build',
      ...changes,
    });

  it('of a fresh leg is the one that built it', () => {
    const inputs = inputDigest(testInputs);
    const coordinates = { image: 'ci', python: '3.11', platform: 'linux/amd64' };
    expect(plan()).toEqual({
      plan: { ...coordinates, inputDigest: inputs, buildId: 'old-build' },
      reasons: [],
      fresh: recorded,
    });
    expect(plan({ preview: true }).plan).toEqual(plan().plan);
  });

  it.each([
    ['nothing recorded', { state: { problems: [absent] } }, [absent]],
    ['something gone', { state: { recorded, problems: [gone] } }, [gone]],
    [
      'other inputs',
      { inputs: { ...testInputs, dockerfile: 'x' } },
      [{ kind: 'dockerfile', text: 'the Dockerfile changed' }],
    ],
    ['force', { force: true }, [{ kind: 'forced', text: 'forced' }]],
  ])('of a leg with %s has a new id, and none in a preview', (_name, changes, reasons) => {
    expect(plan(changes)).toMatchObject({ plan: { buildId: 'new-build' }, reasons });
    expect(plan({ ...changes, preview: true })).toMatchObject({ plan: { buildId: null }, reasons });
  });
});

describe('the plan of a leg that is behind', () => {
  const plan = (changes: object) =>
    planLeg({
      spec: testSpec(),
      inputs: { ...testInputs, dockerfile: 'x' },
      state: { recorded, problems: [] },
      newBuildId: 'new-build',
      ...changes,
    });
  const otherSource = { place: 'other-source', reason: 'it is older' } as const;
  const olderState = { place: 'older-state', reason: 'it is older' } as const;

  it.each([
    ['another source', { standing: otherSource }],
    ['another source, in a preview', { standing: otherSource, preview: true }],
    ['an older state', { standing: olderState }],
    ['an older state, forced', { standing: olderState, force: true }],
  ])('builds nothing: %s', (_name, changes) => {
    expect(plan(changes)).toMatchObject({ plan: { buildId: null, superseded: true }, superseded: 'it is older' });
  });

  it('builds by force what has a tag of its own commit, and refuses what has none', () => {
    const forced = { standing: otherSource, force: true };
    expect(plan(forced).plan).toMatchObject({ buildId: 'new-build' });
    expect(plan(forced)).not.toHaveProperty('replaces');
    expect(() => plan({ ...forced, spec: testSpec({ tags: [] }) })).toThrow(/cannot be forced: it is older/);
  });

  it('has nothing to say of a fresh leg', () => {
    expect(plan({ inputs: testInputs, standing: otherSource })).toMatchObject({ plan: { buildId: 'old-build' } });
  });

  it('names the recorded build that ours is ahead of', () => {
    expect(plan({})).toMatchObject({ plan: { buildId: 'new-build' }, replaces: 'old-build' });
  });
});

describe('the leg tag', () => {
  it('gives back what was written', () => {
    expect(parseLegAnnotations(legAnnotations(recorded))).toEqual(recorded);
    const silent: RecordedLeg = { ...allCached, constraintsCommit: null };
    expect(parseLegAnnotations(legAnnotations(silent))).toEqual(silent);
  });

  it.each([
    ['is not ours', {}],
    ['is no JSON', { ...legAnnotations(recorded), 'nx-ci-cache.inputs': 'x' }],
    ['contradicts itself', { ...legAnnotations(recorded), 'nx-ci-cache.input-digest': 'sha256:0' }],
  ])('is nothing when it %s', (_name, annotations) => {
    expect(parseLegAnnotations(annotations)).toBeUndefined();
  });
});

it('gives no build id to a stale leg that is left out, and leaves a fresh one as it is', () => {
  const facts = { spec: testSpec(), inputs: testInputs, leftOut: true, newBuildId: 'new' };
  const recorded: RecordedLeg = {
    ...{ inputs: testInputs, buildId: 'old', digest: 'sha256:i', cacheDigest: 'sha256:c' },
    ...{ constraintsCommit: null, sourceCommit: 'abc', node: 'n' },
  };
  const stale = planLeg({ ...facts, state: { problems: [absent] } });
  expect(stale).toMatchObject({ plan: { buildId: null, leftOut: true }, reasons: [absent] });
  const fresh = planLeg({ ...facts, state: { recorded, problems: [] } });
  expect(fresh.plan).toEqual(planLeg({ ...facts, leftOut: false, state: { recorded, problems: [] } }).plan);
});
