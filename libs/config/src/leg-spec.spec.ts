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
      repository: 'registry.example.com:5000/main/ci/python3.13',
      legRef: 'registry.example.com:5000/main/ci/python3.13:leg--ci-3.13-linux-arm64',
      cacheRef: 'registry.example.com:5000/main/cache/ci-python3.13:linux-arm64',
      dockerfile: 'apps/example/image/Dockerfile',
      context: 'apps/example/image',
      bases: { BASE_IMAGE: 'registry.example.com:5000/base:3.13' },
      buildArgs: {},
      secrets: {},
      constraintFiles: ['constraints-3.13.txt', 'core-3.13.txt'],
      tags: ['abc', 'latest'],
    });
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
});
