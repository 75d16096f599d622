/** A small real application built from its sources: one mode freezes its image, two are resolved on the host. */
import { ciImage } from './project';

export interface ImageProjectOptions {
  /** Name under which the images are in the registry. */
  readonly images: string;
  /** Requirements of the host's mode with the application's released members. */
  readonly all: readonly string[];
}

const config = ({ images, all }: ImageProjectOptions) => ({
  pythons: ['3.11', '3.13'],
  constraints: {
    modes: {
      constraints: { requirements: [{ inline: all }] },
      'constraints-source-providers': { image: 'ci' },
      'constraints-no-providers': { requirements: [{ inline: ['packaging'] }] },
    },
  },
  push: { remote: '{env.CI_CACHE_REMOTE}', branches: [{ from: 'main', to: 'constraints-main' }], gates: ['app:gate'] },
  images: {
    ci: ciImage(images),
  },
  builder: {
    name: `e2e_${images}`,
    nodes: [{ platforms: ['linux/amd64'], endpoint: '{env.CI_CACHE_BUILDKIT_AMD64}' }],
  },
});

const projectJson = {
  name: 'app',
  targets: {
    gate: {
      executor: 'nx:run-commands',
      dependsOn: ['generate-constraints'],
      options: { command: 'grep ^iniconfig== dist/app/constraints-3.13/constraints-source-providers-3.13.txt' },
    },
  },
};

/** One Dockerfile for both builds: constraints bind in a leg, and are empty where the cut-off bounds the newest. */
const dockerfile = `ARG BASE_IMAGE
FROM \${BASE_IMAGE}
ARG PYTHON_VERSION
ENV VIRTUAL_ENV=/opt/app UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never
RUN uv venv --no-cache /opt/app
COPY member /src/member
COPY --from=constraints constraints-source-providers-\${PYTHON_VERSION}.txt /opt/constraints.txt
ARG CI_CACHE_CUTOFF
RUN --mount=type=secret,id=ca SSL_CERT_FILE=/run/secrets/ca \\
    uv pip install --no-cache \${CI_CACHE_CUTOFF:+--exclude-newer $CI_CACHE_CUTOFF} --constraints /opt/constraints.txt /src/member
`;

const pyproject = `[build-system]
requires = ["flit_core"]
build-backend = "flit_core.buildapi"

[project]
name = "acme-member"
version = "1.0"
description = "A member of the application"
requires-python = ">=3.9"
dependencies = ["iniconfig", "packaging"]
`;

export const imageProject = (options: ImageProjectOptions): Readonly<Record<string, string>> => ({
  'app/project.json': JSON.stringify(projectJson, null, 2),
  'app/ci-cache.json': JSON.stringify(config(options), null, 2),
  'app/image/Dockerfile': dockerfile,
  'app/image/member/pyproject.toml': pyproject,
  'app/image/member/acme_member.py': 'import iniconfig, packaging\n',
});
