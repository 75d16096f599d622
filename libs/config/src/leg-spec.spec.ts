import { legSpec } from './leg-spec';
import { parseConfig } from './read';

const config = parseConfig(
  JSON.stringify({
    pythons: ['3.13'],
    platforms: ['linux/arm64'],
    constraints: { modes: { constraints: { requirements: ['a.in'] }, core: { requirements: ['b.in'] } } },
    push: { branches: [{ from: 'main', to: 'constraints-main' }] },
    images: {
      ci: {
        dockerfile: 'image/Dockerfile',
        context: 'image',
        target: 'runtime',
        repository: '{env.CI_CACHE_REGISTRY}/{branch}/ci/python{python}',
        cache: '{env.CI_CACHE_REGISTRY}/{branch}/cache/{image}-python{python}:{platform}',
        bases: { BASE_IMAGE: '{env.CI_CACHE_REGISTRY}/base:{python}' },
      },
    },
  }),
  'apps/example',
);
const leg = { image: 'ci', python: '3.13', platform: 'linux/arm64' };
const environment = { CI_CACHE_REGISTRY: 'registry.example.com:5000' };

describe('legSpec', () => {
  it('fills in every placeholder', () => {
    expect(legSpec(config, leg, { branch: 'main', commit: 'abc', environment })).toEqual({
      ...leg,
      name: 'ci-3.13-linux-arm64',
      publish: 'both',
      repository: 'registry.example.com:5000/main/ci/python3.13',
      legRef: 'registry.example.com:5000/main/ci/python3.13:leg--ci-3.13-linux-arm64',
      cacheRef: 'registry.example.com:5000/main/cache/ci-python3.13:linux-arm64',
      startsFrom: [],
      dockerfile: 'apps/example/image/Dockerfile',
      context: 'apps/example/image',
      target: 'runtime',
      contexts: {},
      bases: { BASE_IMAGE: 'registry.example.com:5000/base:3.13' },
      imageBases: {},
      buildArgs: {},
      secrets: {},
      ssh: {},
      allow: [],
      output: { labels: {} },
      annotations: {},
      constraintFiles: { 'constraints-3.13.txt': 'constraints-3.13.txt', 'core-3.13.txt': 'core-3.13.txt' },
      tags: [
        { name: 'abc', ofCommit: true, ofConstraints: false },
        { name: 'latest', ofCommit: false, ofConstraints: false },
      ],
    });
  });

  it('takes the file of its own platform, under the name it has on every platform', () => {
    const modes = config.modes.map((mode) => (mode.name === 'core' ? { ...mode, perPlatform: true } : mode));
    expect(legSpec({ ...config, modes }, leg, { branch: 'main', commit: 'abc', environment }).constraintFiles).toEqual({
      'constraints-3.13.txt': 'constraints-3.13.txt',
      'core-3.13.txt': 'core-3.13-linux-arm64.txt',
    });
  });

  it('knows of each tag whether it is of the commit, and names no constraints before they are known', () => {
    const [ci] = config.images;
    if (ci === undefined) throw new Error('the configuration has no image');
    const tagged = { ...config, images: [{ ...ci, tags: ['{commit}-{constraints}', '{constraints}'] }] };
    const run = { branch: 'main', commit: 'abc', environment };
    const constraintsCommit = '0123456789abcdef0123456789abcdef01234567';
    expect(legSpec(tagged, leg, { ...run, constraintsCommit }).tags).toEqual([
      { name: 'abc-0123456789ab', ofCommit: true, ofConstraints: true },
      { name: '0123456789ab', ofCommit: false, ofConstraints: true },
    ]);
    expect(legSpec(tagged, leg, run).tags.map(({ name }) => name)).toEqual(['abc-{constraints}', '{constraints}']);
  });

  it('fills the cut-off into labels and annotations, once it is known', () => {
    const [ci] = config.images;
    if (ci === undefined) throw new Error('the configuration has no image');
    const texts = { when: 'up to {cutoff}' };
    const dated = { ...config, images: [{ ...ci, labels: texts, annotations: texts }] };
    const run = { branch: 'main', commit: 'abc', environment };
    const when = 'up to 2026-05-01T00:00:00Z';
    expect(legSpec(dated, leg, { ...run, cutoff: '2026-05-01T00:00:00Z' })).toMatchObject({
      ...{ output: { labels: { when } }, annotations: { when } },
    });
    expect(legSpec(dated, leg, run).annotations).toEqual(texts);
  });

  it.each([
    ['{workspaceRoot}', '.'],
    ['{workspaceRoot}/', '.'],
    ['{workspaceRoot}/some/folder', 'some/folder'],
    ['.', 'apps/example'],
  ])('takes the context %s for the folder %s of the workspace', (context, folder) => {
    const [ci] = config.images;
    if (ci === undefined) throw new Error('the configuration has no image');
    const images = [{ ...ci, context, contexts: { shared: context }, dockerfile: '{workspaceRoot}/docker/Dockerfile' }];
    expect(legSpec({ ...config, images }, leg, { branch: 'main', commit: 'abc', environment })).toMatchObject({
      ...{ context: folder, contexts: { shared: folder }, dockerfile: 'docker/Dockerfile' },
    });
  });

  it('records a leg that leaves a cache alone beside that cache', () => {
    const [ci] = config.images;
    if (ci === undefined) throw new Error('the configuration has no image');
    const images = [{ ...ci, publish: 'cache' as const }];
    const spec = legSpec({ ...config, images }, leg, { branch: 'main', commit: 'abc', environment });
    expect(spec.legRef).toBe('registry.example.com:5000/main/cache/ci-python3.13:leg--linux-arm64');
  });

  it('starts from the same leg on other branches, from what others offer, then from other platforms', () => {
    const [ci] = config.images;
    if (ci === undefined) throw new Error('the configuration has no image');
    const images = [
      { ...ci, cacheFrom: ['{env.CI_CACHE_REGISTRY}/shared:{platform}'], cacheFromBranches: ['main', 'v3'] },
    ];
    const platforms = ['linux/arm64', 'linux/amd64'];
    const run = { branch: 'v3', commit: 'abc', environment };
    expect(legSpec({ ...config, images, platforms }, leg, run).startsFrom).toEqual([
      'registry.example.com:5000/main/cache/ci-python3.13:linux-arm64',
      'registry.example.com:5000/shared:linux-arm64',
      'registry.example.com:5000/v3/cache/ci-python3.13:linux-amd64',
    ]);
  });

  it('says which variable is not set', () => {
    expect(() => legSpec(config, leg, { branch: 'main', commit: 'abc', environment: {} })).toThrow(
      /images\.ci\.repository.*\n.*CI_CACHE_REGISTRY set in the environment/,
    );
  });

  it.each(['https://registry.example.com', 'user@registry.example.com', 'Registry/UPPER path'])(
    'refuses a registry %s from the environment',
    (registry) => {
      const run = { branch: 'main', commit: 'abc', environment: { CI_CACHE_REGISTRY: registry } };
      expect(() => legSpec(config, leg, run)).toThrow(/images\.ci\.repository/);
    },
  );

  const filled = (image: object, branch: string) => () => {
    const [ci] = config.images;
    const changed = { ...config, images: [{ ...(ci as (typeof config.images)[number]), ...image }] };
    return legSpec(changed, leg, { branch, commit: 'a'.repeat(40), environment });
  };

  it.each([
    [
      'a repository',
      { repository: 'r.example.com/.{branch}' },
      'main',
      /images\.ci\.repository = ".*\.main"\n.*lower case/,
    ],
    ['a cache ref', { cache: 'r.example.com/c:-{branch}' }, 'main', /images\.ci\.cache = ".*-main"\n.*:tag/],
    ['a tag', { tags: ['.{branch}', 'latest'] }, 'main', /images\.ci\.tags\[0\] = "\.main"\n.*128 letters/],
    ['a tag of a leg', { tags: ['leg--{branch}', 'latest'] }, 'main', /images\.ci\.tags\[0\] = "leg--main"/],
    [
      'a tag that is too long',
      { tags: ['{commit}{commit}{commit}{commit}'] },
      'main',
      /images\.ci\.tags\[0\] = "a{160}"/,
    ],
    ['two tags that are one', { tags: ['{branch}', 'latest'] }, 'latest', /images\.ci\.tags = \["latest","latest"\]/],
    [
      'a base image',
      { bases: { BASE: 'r.example.com/p:.{branch}' } },
      'main',
      /images\.ci\.bases\.BASE = "r\.example\.com\/p:\.main"/,
    ],
    [
      'an endless repository',
      { repository: `r.example.com/${'a'.repeat(250)}` },
      'main',
      /images\.ci\.repository.*\n.*255/,
    ],
  ])('refuses %s that its placeholders spoil', (_what, image, branch, message) => {
    expect(filled(image, branch)).toThrow(message);
  });

  it('says what fills a name that is refused', () => {
    expect(filled({ tags: ['.{branch}', 'latest'] }, 'Release/3.x')).toThrow(
      expect.objectContaining({ remedy: expect.stringContaining('{branch} = "Release/3.x"') }),
    );
  });

  it.each(['python:3.13', 'library/python', '[::1]:5000/python:3.13', `r.example.com/p@sha256:${'0'.repeat(64)}`])(
    'takes %s for a base image',
    (base) => {
      expect(filled({ bases: { BASE: base } }, 'main')().bases).toEqual({ BASE: base });
    },
  );
});
