/** The smallest project that has everything: one constraint file, one image of one leg. */
const config = (images: string) => ({
  pythons: ['3.13'],
  platforms: ['linux/amd64'],
  constraints: { modes: { core: { requirements: ['core.in'] } } },
  push: {
    remote: '{env.CI_CACHE_REMOTE}',
    branches: [{ from: 'main', to: 'constraints-main' }],
    gates: [],
    allowUntested: true,
  },
  images: {
    ci: {
      dockerfile: 'image/Dockerfile',
      context: 'image',
      bases: { BASE_IMAGE: '{env.CI_CACHE_REGISTRY}/base/python:{python}' },
      repository: `{env.CI_CACHE_REGISTRY}/${images}/{branch}/python{python}`,
      cache: `{env.CI_CACHE_REGISTRY}/${images}/{branch}/cache/{image}-python{python}:{platform}`,
      tags: ['{commit}', 'latest'],
    },
  },
  builder: {
    name: `e2e_${images}`,
    nodes: [{ platforms: ['linux/amd64'], endpoint: '{env.CI_CACHE_BUILDKIT_AMD64}' }],
  },
});

export const onlyLeg = 'ci-3.13-linux-amd64';

/** @param command what its build runs. */
export const dockerfileRunning = (command: string): string =>
  `ARG BASE_IMAGE\nFROM \${BASE_IMAGE}\nCOPY --from=constraints core-3.13.txt /constraints.txt\nRUN ${command}\n`;

export const oneLegProject = (images: string, command: string): Readonly<Record<string, string>> => ({
  'app/project.json': JSON.stringify({ name: 'app' }),
  'app/ci-cache.json': JSON.stringify(config(images)),
  'app/core.in': 'iniconfig\n',
  'app/image/Dockerfile': dockerfileRunning(command),
});
