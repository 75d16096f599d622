import { CiCacheError } from '@nx-ci-cache/process';
import { frozenImageOf, frozenImagesOf } from './frozen-image';
import { parseConfig } from './read';

const image = (name: string) => ({
  dockerfile: 'Dockerfile',
  repository: `registry.example.com/${name}/python{python}`,
  cache: `registry.example.com/${name}/cache/python{python}:{platform}`,
});

const parse = (modes: object, images: object = { ci: image('ci'), docs: image('docs') }) =>
  parseConfig(
    JSON.stringify({
      pythons: ['3.11', '3.13'],
      platforms: ['linux/arm64', 'linux/amd64'],
      constraints: { modes },
      push: { branches: [{ from: 'main', to: 'constraints-main' }] },
      images,
      builder: { nodes: [{ platforms: ['linux/arm64', 'linux/amd64'] }] },
    }),
    'app',
  );

const names = (modes: object) => frozenImagesOf(parse(modes)).map(({ name }) => name);
const host = { requirements: ['all.in'] };

describe('frozenImagesOf', () => {
  it.each([
    ['no mode freezes one', { a: host }, []],
    ['one image', { a: host, b: { image: 'ci' } }, ['3.11', '3.13']],
    ['two modes of one image', { a: { image: 'ci' }, b: { image: 'ci' } }, ['3.11', '3.13']],
    ['a mode of one Python', { a: { image: 'ci', pythons: ['3.13'] } }, ['3.13']],
    [
      'two images',
      { a: { image: 'ci' }, b: { image: 'docs', pythons: ['3.11'] } },
      ['ci-3.11', 'ci-3.13', 'docs-3.11'],
    ],
  ])('with %s', (_case, modes, expected) => {
    expect(names(modes)).toEqual(expected);
  });

  it('builds on the first platform, whatever machine asks', () => {
    expect(frozenImageOf(parse({ a: host, b: { image: 'ci' } }), { mode: 'b', python: '3.13' })).toEqual({
      ...{ image: 'ci', python: '3.13', platform: 'linux/arm64', name: '3.13' },
    });
    expect(frozenImageOf(parse({ a: host, b: { image: 'ci' } }), { mode: 'a', python: '3.13' })).toBeUndefined();
  });
});

describe('a mode that freezes an image', () => {
  it.each([
    [{ a: {} }, {}, /constraints\.modes\.a\.requirements is missing\n {2}allowed: either "requirements"/],
    [
      { a: { image: 'ci', requirements: ['all.in'] } },
      {},
      /constraints\.modes\.a\.requirements = .*nothing beside "image"/s,
    ],
    [{ a: { image: 'ci', allowSdist: ['x'] } }, {}, /constraints\.modes\.a\.allowSdist/],
    [{ a: { image: 'ci', overrides: ['o.txt'] } }, {}, /constraints\.modes\.a\.overrides/],
    [{ a: { image: 'other' } }, {}, /constraints\.modes\.a\.image = "other"\n {2}allowed: one of the images: ci, docs/],
    [{ a: { image: 'ci' } }, { buildArgs: { CI_CACHE_CUTOFF: 'x' } }, /images\.ci\.buildArgs\.CI_CACHE_CUTOFF/],
    [{ a: { image: 'ci' } }, { freeze: 'pip freeze \\' }, /images\.ci\.freeze/],
  ])('refuses %j with %j', (modes, extra, words) => {
    const images = { ci: { ...image('ci'), ...extra }, docs: image('docs') };
    expect(() => parse(modes, images)).toThrow(CiCacheError);
    expect(() => parse(modes, images)).toThrow(words);
  });

  it('may name further packages of its own', () => {
    expect(parse({ a: { image: 'ci', ownPackages: ['acme-*'] } }).modes[0]).toMatchObject({
      image: 'ci',
      requirements: [],
      resolving: { ownPackages: ['acme-*'] },
    });
  });
});
