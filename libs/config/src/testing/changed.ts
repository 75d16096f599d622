/** A whole configuration, and what becomes of it when something in it is changed. */
import { CiCacheError } from '@nx-ci-cache/process';
import { parseConfig } from '../read';

export const valid = {
  pythons: ['3.11', '3.13'],
  platforms: ['linux/amd64', 'linux/arm64'],
  constraints: { modes: { constraints: { requirements: ['all.in'] }, core: { requirements: ['core.in'] } } },
  push: { remote: 'origin', branches: [{ from: 'main', to: 'constraints-main' }], gates: ['api:test'] },
  images: {
    ci: {
      dockerfile: 'Dockerfile',
      repository: 'registry.example.com/acme/python{python}',
      cache: 'registry.example.com/acme/cache/{image}-python{python}:{platform}',
    },
  },
  builder: { nodes: [{ platforms: ['linux/amd64'] }, { platforms: ['linux/arm64'], endpoint: 'ssh://builder' }] },
};

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- planted faults are of any shape
export type Change = (config: any) => void;

/** The configuration with a change. */
export const parse = (change: Change = () => undefined) => {
  const config = structuredClone(valid);
  change(config);
  return parseConfig(JSON.stringify(config), 'apps/example');
};

/** What a change is refused with. */
export const messageFor = (change: Change): string => {
  try {
    parse(change);
  } catch (error) {
    if (error instanceof CiCacheError) return `${error.code} ${error.message}\n${error.remedy}`;
    throw error;
  }
  throw new Error('accepted');
};
