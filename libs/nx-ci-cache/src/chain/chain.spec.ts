import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import executors from '../../executors.json';
import configurationSchema from '@nx-ci-cache/config/src/ci-cache.schema.json';
import switches from '../switches.schema.json';
import { parseConfig } from '@nx-ci-cache/config';
import { chain } from './chain';
import { partsOf } from './definition';

const config = parseConfig(
  JSON.stringify({
    pythons: ['3.13'],
    constraints: { modes: { core: { requirements: ['core.in'], perPlatform: true }, image: { image: 'ci' } } },
    push: { branches: [{ from: 'main', to: 'constraints-main' }] },
    images: {
      ci: {
        dockerfile: 'Dockerfile',
        repository: 'registry.example.com/python{python}',
        cache: 'registry.example.com/cache:{platform}',
      },
    },
  }),
  'app',
);

const devOptions = ['image', 'python', 'platform', 'dest', 'builder'];

const schemaOf = (name: string) =>
  JSON.parse(readFileSync(join(__dirname, '../executors', name, 'schema.json'), 'utf8')) as {
    readonly properties: Readonly<Record<string, unknown>>;
    readonly required: readonly string[];
    readonly additionalProperties: boolean;
  };

it('has an executor for every step, and none besides', () => {
  expect(Object.keys(executors.executors).sort()).toEqual(chain.map(({ name }) => name).sort());
});

it.each(chain.map((step) => [step.name, step] as const))('%s takes its coordinates and every switch', (name, step) => {
  const { properties, required, additionalProperties } = schemaOf(name);
  const [part] = partsOf(step, config);
  const coordinates = Object.keys((part && step.options?.(part)) ?? {});
  const { $schema: _, ...configuration } = configurationSchema.properties;
  const own =
    {
      why: ['package'],
      import: ['branch', 'file'],
      'setup-builder': ['check'],
      report: ['open'],
      'dev-image': devOptions,
      status: ['json', 'metrics', 'badge', 'failOn'],
      snapshot: Object.keys(configuration),
    }[name] ?? [];
  expect(Object.keys(properties)).toEqual([...coordinates, ...own, ...Object.keys(switches)]);
  expect(required).toEqual([]);
  // Keys of the configuration are judged by the step, which says which one was meant.
  expect(additionalProperties).toBe(name === 'snapshot');
});
