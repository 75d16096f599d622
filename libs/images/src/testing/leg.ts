/** Leg specs and inputs for tests. */
import type { ImageTag, LegSpec } from '@nx-ci-cache/config';
import type { LegInputs } from '@nx-ci-cache/records';

export const testTags: readonly ImageTag[] = [
  { name: 'abc', ofCommit: true, ofConstraints: false },
  { name: 'latest', ofCommit: false, ofConstraints: false },
];

export const testSpec = (changes: Partial<LegSpec> = {}): LegSpec => {
  const platform = changes.platform ?? 'linux/amd64';
  const name = `ci-3.11-${platform.replaceAll('/', '-')}`;
  const repository = changes.repository ?? 'registry.example.com/acme/ci';
  return {
    ...{ image: 'ci', python: '3.11', platform, name, repository },
    legRef: `${repository}:leg--${name}`,
    cacheRef: `${repository}-cache:${name}`,
    ...{ publish: 'both' as const, startsFrom: [] },
    ...{ dockerfile: 'app/Dockerfile', context: 'app', contexts: {} },
    bases: { BASE: 'registry.example.com/base/python:3.11' },
    imageBases: {},
    buildArgs: {},
    secrets: {},
    ssh: {},
    allow: [],
    ...{ output: { labels: {} }, annotations: {} },
    constraintFiles: { 'constraints-3.11.txt': 'constraints-3.11.txt' },
    tags: testTags,
    ...changes,
  };
};

export const testInputs: LegInputs = {
  recipe: '1',
  context: 'sha256:context',
  dockerfile: 'sha256:dockerfile',
  constraints: { 'constraints-3.11.txt': 'sha256:one' },
  bases: { BASE: 'registry.example.com/base/python:3.11@sha256:base' },
  buildArgs: { MODE: 'sha256:mode' },
  platform: 'linux/amd64',
};
