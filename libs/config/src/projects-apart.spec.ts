import type { Config } from '@nx-ci-cache/records';
import { parseConfig } from './read';
import { mayMeet, sharedOutputs } from './projects-apart';

const project = (projectRoot: string, mode: string, to: string, remote = 'origin', remove: string[] = []) =>
  ({
    file: `${projectRoot}/ci-cache.json`,
    projectRoot,
    modes: [{ name: mode }],
    pythons: ['3.13'],
    images: [],
    builder: { nodes: [] },
    push: { remote, remove, branches: [{ from: 'main', to }] },
  }) as unknown as Config;

it.each([
  ['one file on one branch', project('b', 'core', 'constraints-main'), 'both write core-3.13.txt there'],
  ['a branch that a rule may name', project('b', 'core', 'constraints-$1'), 'a/ci-cache.json'],
  ['a file the other removes', project('b', 'x', 'constraints-main', 'origin', ['core-3.13.txt']), 'core-3.13.txt'],
])('refuses the second of two projects for %s', (_name, second, words) => {
  const faults = sharedOutputs([project('a', 'core', 'constraints-main'), second]);
  expect([...faults.keys()]).toEqual(['b']);
  expect(faults.get('b')?.message).toContain(words);
});

it('refuses a project that removes what an earlier one generates', () => {
  const second = project('b', 'x', 'constraints-main', 'origin', ['core-3.13.txt']);
  for (const both of [
    [project('a', 'core', 'constraints-main'), second],
    [second, project('a', 'core', 'constraints-main')],
  ])
    expect(sharedOutputs(both).size).toBe(1);
});

it.each([
  ['another mode', project('b', 'other', 'constraints-main')],
  ['another branch', project('b', 'core', 'constraints-b')],
  ['one removal of both', project('b', 'other', 'constraints-main', 'origin', ['old-3.9.txt'])],
  ['another remote', project('b', 'core', 'constraints-main', 'https://example.com/b')],
])('takes two projects apart by %s', (_name, second) => {
  const first = project('a', 'core', 'constraints-main', 'origin', ['old-3.9.txt']);
  expect(sharedOutputs([first, second]).size).toBe(0);
});

it.each([
  ['constraints-a', 'constraints-a', true],
  ['constraints-a', 'constraints-b', false],
  ['constraints-$1', 'constraints-b', true],
  ['constraints-$1-x', 'constraints-b', false],
  ['constraints-a-$1', 'constraints-$1-b', true],
  ['constraints-a-$1', 'constraints-b-$1', false],
  ['constraints-$1-a', 'constraints-$1-b', false],
  ['constraints-1.$1', 'constraints-1x2', false],
  ['constraints-$1$2', 'constraints-', true],
])('%s and %s may be one branch: %s', (left, right, expected) => {
  expect([mayMeet(left, right), mayMeet(right, left)]).toEqual([expected, expected]);
});

describe('what two projects write in registries', () => {
  const r = 'r.example.com';
  const image = (name: string, more: object = {}) => ({
    [name]: {
      dockerfile: 'Dockerfile',
      repository: `${r}/${name}/python{python}`,
      cache: `${r}/${name}/cache/python{python}:{platform}`,
      ...more,
    },
  });
  const publishing = (projectRoot: string, images: object, from: readonly string[] = ['main']) =>
    parseConfig(
      JSON.stringify({
        pythons: ['3.13'],
        constraints: { modes: { [projectRoot]: { requirements: ['a.in'] } } },
        push: { branches: from.map((each, at) => ({ from: each, to: `constraints-${projectRoot}-${at}` })) },
        images,
      }),
      projectRoot,
    );
  const words = (...both: [Config, Config]) => sharedOutputs(both).get('b')?.message;

  it.each([
    [
      'one repository',
      { repository: `${r}/a/python3.13` },
      `images.b.repository = .*a/ci-cache.json.*${r}/a/python3.13`,
    ],
    [
      'one cache ref',
      { cache: `${r}/a/cache/python{python}:{platform}` },
      'images.b.cache = .*a/cache/python3.13:linux-amd64',
    ],
    ['a cache in a tag of the other', { cache: `${r}/a/python3.13:latest` }, 'images.b.cache = .*python3.13:latest'],
    ['a cache in a leg tag', { cache: `${r}/a/python3.13:leg--a-3.13-linux-amd64` }, 'images.b.cache = .*:leg--a-'],
  ])('is refused for the second of them: %s', (_name, more, expected) => {
    expect(words(publishing('a', image('a')), publishing('b', image('b', more)))).toMatch(new RegExp(expected, 's'));
  });

  const branched = (name: string) => ({
    repository: `{env.CI_CACHE_REGISTRY}/{branch}/${name}/python{python}`,
    cache: `{env.CI_CACHE_REGISTRY}/{branch}/${name}/cache:{image}-{python}-{platform}`,
  });

  it.each([
    ['one pattern for both', ['main'], ['main'], branched('x')],
    ['a pattern over all branches', ['.*'], ['main'], branched('x')],
    ['two patterns', ['v(\\d+)'], ['.*'], branched('x')],
    [
      'a branch written out',
      ['main'],
      ['dev'],
      { ...branched('y'), repository: '{env.CI_CACHE_REGISTRY}/main/x/python3.13' },
    ],
  ])('is compared on the branches both may run for: %s', (_name, first, second, more) => {
    expect(
      words(publishing('a', image('a', branched('x')), first), publishing('b', image('b', more), second)),
    ).toContain('both write <env.CI_CACHE_REGISTRY}/');
  });

  it.each([
    ['repositories of their own', ['main'], ['main'], branched('y')],
    ['branches of their own', ['main'], ['dev'], branched('x')],
    ['caches beside the tags of the other', ['main'], ['main'], { cache: `${r}/a/python3.13:cache-{platform}` }],
  ])('is theirs with %s', (_name, first, second, more) => {
    expect(
      words(publishing('a', image('a', branched('x')), first), publishing('b', image('b', more), second)),
    ).toBeUndefined();
  });

  it.each(['latest', '{commit}', 'leg--{image}-{python}-{platform}'])(
    'is refused where a cache is a tag, as %s',
    (tag) => {
      const more = { cache: `${r}/a/python{python}:${tag}` };
      expect(() => publishing('a', image('a', more))).toThrow(/images\.a\.cache[^]*no tag of an image/);
    },
  );
});

describe('what two projects build on', () => {
  const on = (projectRoot: string, name: string | undefined, ...platforms: string[]) => ({
    ...project(projectRoot, projectRoot, `constraints-${projectRoot}`),
    builder: { ...(name === undefined ? {} : { name }), requireNative: false, nodes: [{ platforms }] },
  });

  it('is one builder of one definition by a name, and of any definition without', () => {
    expect(sharedOutputs([on('a', 'ci', 'linux/amd64'), on('b', 'ci', 'linux/amd64')]).size).toBe(0);
    expect(sharedOutputs([on('a', 'ci', 'linux/amd64'), on('b', 'other', 'linux/arm64')]).size).toBe(0);
    expect(sharedOutputs([on('a', undefined, 'linux/amd64'), on('b', undefined, 'linux/arm64')]).size).toBe(0);
    const faults = sharedOutputs([on('a', 'ci', 'linux/amd64'), on('b', 'ci', 'linux/arm64')]);
    expect([...faults.keys()]).toEqual(['b']);
    expect(faults.get('b')?.message).toContain(
      'builder.name = "ci"\n  allowed: a name that a/ci-cache.json does not give to other nodes',
    );
  });
});
