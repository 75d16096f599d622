import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import executors from '../../executors.json';
import switches from '../switches.schema.json';
import { parseConfig } from '@nx-ci-cache/config';
import { chain } from './chain';
import { partsOf } from './definition';

const config = parseConfig(
  JSON.stringify({
    pythons: ['3.13'],
    constraints: { modes: { core: { requirements: ['core.in'] }, image: { image: 'ci' } } },
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

const schemaOf = (name: string) =>
  JSON.parse(readFileSync(join(__dirname, '../executors', name, 'schema.json'), 'utf8')) as {
    readonly properties: Readonly<Record<string, unknown>>;
    readonly required: readonly string[];
    readonly additionalProperties: boolean;
  };

it('has an executor for every step, and none besides but the one that stands for parts', () => {
  expect(Object.keys(executors.executors).sort()).toEqual([...chain.map(({ name }) => name), 'aggregate'].sort());
});

it.each(chain.map((step) => [step.name, step] as const))('%s takes its coordinates and every switch', (name, step) => {
  const { properties, required, additionalProperties } = schemaOf(name);
  const [part] = partsOf(step, config);
  const coordinates = Object.keys((part && step.options?.(part)) ?? {});
  const questions = name === 'why' ? ['package'] : [];
  expect(Object.keys(properties)).toEqual([...coordinates, ...questions, ...Object.keys(switches)]);
  expect(required).toEqual(coordinates);
  expect(additionalProperties).toBe(false);
});
