/** A small real project: two modes, two Pythons, two platforms, one image, one gate that reads a generated file. */

/** The image of every test project, under names of its own. */
export const ciImage = (images: string) => ({
  dockerfile: 'image/Dockerfile',
  context: 'image',
  bases: { BASE_IMAGE: '{env.CI_CACHE_REGISTRY}/base/python:{python}' },
  buildArgs: { PYTHON_VERSION: '{python}' },
  secrets: { ca: '/etc/ssl/certs/ca-certificates.crt' },
  repository: `{env.CI_CACHE_REGISTRY}/${images}/{branch}/python{python}`,
  cache: `{env.CI_CACHE_REGISTRY}/${images}/{branch}/cache/{image}-python{python}:{platform}`,
});

const config = (images: string) => ({
  $schema: '../node_modules/nx-ci-cache/ci-cache.schema.json',
  pythons: ['3.11', '3.13'],
  platforms: ['linux/amd64', 'linux/arm64'],
  constraints: {
    modes: { constraints: { requirements: ['all.in'] }, core: { requirements: ['core.in'] } },
    // Scenarios change this requirement to an older release on purpose.
    guard: { allowDowngrade: ['iniconfig'] },
  },
  push: {
    remote: '{env.CI_CACHE_REMOTE}',
    branches: [{ from: 'main', to: 'constraints-main' }],
    gates: ['app:gate'],
  },
  images: {
    ci: {
      ...ciImage(images),
      tags: ['{commit}', 'latest'],
    },
  },
  builder: {
    name: `e2e_${images}`,
    nodes: [
      { platforms: ['linux/amd64'], endpoint: '{env.CI_CACHE_BUILDKIT_AMD64}' },
      { platforms: ['linux/arm64'], endpoint: '{env.CI_CACHE_BUILDKIT_ARM64}' },
    ],
  },
});

const dockerfile = `ARG BASE_IMAGE
FROM \${BASE_IMAGE}
ARG PYTHON_VERSION
COPY --from=constraints core-\${PYTHON_VERSION}.txt /constraints.txt
RUN --mount=type=secret,id=ca SSL_CERT_FILE=/run/secrets/ca uv pip install --no-cache --target /app --constraints /constraints.txt iniconfig
COPY greeting /greeting
`;

const gate = `const { readFileSync } = require('node:fs');
const text = readFileSync('dist/app/constraints-3.13/core-3.13.txt', 'utf8');
if (!/^iniconfig==/m.test(text)) throw new Error('the generated file lacks its requirement');
`;

export const projectJson = {
  name: 'app',
  targets: {
    gate: {
      executor: 'nx:run-commands',
      dependsOn: ['generate-constraints'],
      options: { command: 'node app/gate.js' },
    },
    'test-with-constraints': {
      executor: 'nx:run-commands',
      dependsOn: ['gate'],
      options: { command: 'node app/gate.js' },
    },
  },
};

export const smallProject = (images: string): Readonly<Record<string, string>> => ({
  'app/project.json': JSON.stringify(projectJson, null, 2),
  'app/ci-cache.json': JSON.stringify(config(images), null, 2),
  'app/all.in': 'iniconfig\npackaging\n',
  'app/core.in': 'iniconfig\n',
  'app/gate.js': gate,
  'app/image/Dockerfile': dockerfile,
  'app/image/greeting': 'hello\n',
});
