import { parseConfig } from '@nx-ci-cache/config';
import { withNodesOf, withoutPlaces } from './own-nodes';

const config = parseConfig(
  JSON.stringify({
    pythons: ['3.13'],
    platforms: ['linux/amd64', 'linux/386', 'linux/arm64'],
    constraints: { modes: { core: { requirements: ['core.in'] } } },
    push: { branches: [{ from: 'main', to: 'constraints-main' }] },
    builder: {
      name: 'ours',
      driver: 'remote',
      nodes: [
        { platforms: ['linux/amd64', 'linux/386'], endpoint: '{env.CI_CACHE_AMD64}', jobs: 2 },
        { platforms: ['linux/arm64'], endpoint: '{env.CI_CACHE_ARM64}', runner: 'arm' },
      ],
    },
  }),
  'app',
);

it.each([
  [['linux/arm64'], [{ platforms: ['linux/arm64'], endpoint: '{env.CI_CACHE_ARM64}', jobs: 1, runner: 'arm' }]],
  [['linux/386'], [{ platforms: ['linux/386'], endpoint: '{env.CI_CACHE_AMD64}', jobs: 2 }]],
  [[], []],
])('a job of %j has these nodes', (platforms, nodes) => {
  expect(withNodesOf(platforms, config)).toEqual({ ...config, builder: { ...config.builder, nodes } });
});

it('a job without builds asks for no place of a node', () => {
  expect(withoutPlaces(config).builder).toEqual({
    requireNative: false,
    nodes: [{ platforms: ['linux/amd64', 'linux/386'] }, { platforms: ['linux/arm64'] }],
  });
});
