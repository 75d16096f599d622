import { parseConfig } from '@nx-ci-cache/config';
import type { Leg } from '@nx-ci-cache/records';
import type { DevImageQuestion } from '../../chain/dev-image';
import { chosenLeg, ownPlatform } from './chosen-leg';
import { localDefinition } from './dev-builder';
import { devName, devOutput, devOutputSaid } from './dev-output';

const image = (name: string) => ({
  dockerfile: 'Dockerfile',
  repository: `registry.example.com/${name}/{python}`,
  cache: `registry.example.com/cache/${name}:{python}-{platform}`,
});
const configOf = (images: readonly string[], builder?: object) =>
  parseConfig(
    JSON.stringify({
      ...{ pythons: ['3.10', '3.11', '3.13'], platforms: ['linux/amd64', 'linux/arm64'] },
      constraints: { modes: { core: { requirements: ['core.in'] } } },
      push: { branches: [{ from: 'main', to: 'constraints-main' }] },
      images: Object.fromEntries(images.map((name) => [name, image(name)])),
      ...(builder && { builder }),
    }),
    'app',
  );

it.each<[Partial<Leg>, string, Leg]>([
  [{}, 'linux/arm64', { image: 'ci', python: '3.13', platform: 'linux/arm64' }],
  [{}, 'linux/riscv64', { image: 'ci', python: '3.13', platform: 'linux/amd64' }],
  [
    { python: '3.11', platform: 'linux/arm64/v8' },
    'linux/amd64',
    { image: 'ci', python: '3.11', platform: 'linux/arm64' },
  ],
])('%j on %s is %j', (asked, own, leg) => expect(chosenLeg(asked, configOf(['ci']), own)).toEqual(leg));

it.each([3.1, '3.10'])('takes the Python that Nx hands over as %j for 3.10', (python) =>
  expect(chosenLeg({ python }, configOf(['ci'])).python).toBe('3.10'),
);

it.each<[DevImageQuestion, readonly string[], RegExp]>([
  [{}, ['ci', 'docs'], /--image is missing\n  allowed: ci, docs/],
  [{ image: 'cj' }, ['ci'], /--image = "cj"\n  allowed: ci$/],
  [{ python: '3.12' }, ['ci'], /--python = "3.12"\n  allowed: 3.10, 3.11, 3.13/],
  [{ python: 3.2 }, ['ci'], /--python = 3.2\n/],
  [{ platform: 'linux/386' }, ['ci'], /--platform = "linux\/386"\n  allowed: linux\/amd64, linux\/arm64/],
])('refuses %j of %j', (asked, images, words) => {
  expect(() => chosenLeg(asked, configOf(images))).toThrow(words);
});

it.each([
  ['x64', 'linux/amd64'],
  ['arm64', 'linux/arm64'],
  ['s390x', 'linux/s390x'],
])('calls %s %s', (architecture, platform) => expect(ownPlatform(architecture)).toBe(platform));

describe('the builder', () => {
  const definition = (node: object, environment = {}, more = {}) =>
    localDefinition('linux/arm64', {
      config: configOf(['ci'], {
        ...{ name: 'everybodys', ...more },
        nodes: [{ platforms: ['linux/amd64'] }, { platforms: ['linux/arm64'], ...node }],
      }),
      environment,
    });
  const container = { driver: 'docker-container', nodes: [{ platforms: ['linux/arm64'], driverOptions: {} }] };

  it.each([
    ['one of this machine', {}, {}],
    ['one elsewhere', { endpoint: 'ssh://arm-builder' }, {}],
    ['one that only the CI knows', { endpoint: '{env.CI_CACHE_ARM}' }, {}],
    ['a cluster', {}, { driver: 'kubernetes' }],
  ])('is a container of its own for %s', (_what, node, more) => {
    const made = definition(node, {}, more);
    expect(made).toMatchObject(container);
    expect(made.name).toMatch(/^ci_cache_[0-9a-f]{12}$/);
    expect(made.nodes[0]).not.toHaveProperty('address');
  });

  it('is the daemon of this machine where there is one', () => {
    const address = 'unix:///run/arm.sock';
    const made = definition({ endpoint: '{env.CI_CACHE_ARM}' }, { CI_CACHE_ARM: address }, { driver: 'remote' });
    expect(made).toMatchObject({ driver: 'remote', nodes: [{ address, platforms: ['linux/arm64'] }] });
    expect(made.name).not.toBe('everybodys');
  });
});

it('goes where it was asked to, under a name of this machine', () => {
  const name = devName('@acme/App', { image: 'ci', python: '3.13', platform: 'linux/arm64' });
  expect(name).toBe('localhost/acme/app/ci:3.13-linux-arm64');
  expect(devOutputSaid(devOutput(undefined, '/w'), name)).toBe(`docker run --rm -it ${name}`);
  expect(devOutput('dist/ci.tar', '/w')).toEqual({ kind: 'archive', path: '/w/dist/ci.tar' });
  expect(devOutput('/tmp/ci', '/w')).toEqual({ kind: 'layout', path: '/tmp/ci' });
});
