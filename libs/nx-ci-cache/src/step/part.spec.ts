import { parseConfig } from '@nx-ci-cache/config';
import { buildxRefreshStep } from '../chain/buildx-refresh';
import { generateConstraintsStep } from '../chain/generate-constraints';
import { snapshotStep } from '../chain/snapshot';
import { hasCoordinates, partsNamed } from './part';

const config = parseConfig(
  JSON.stringify({
    pythons: ['3.12', '3.13'],
    constraints: { modes: { core: { requirements: ['core.in'] }, docs: { requirements: ['docs.in'] } } },
    push: { branches: [{ from: 'main', to: 'constraints-main' }] },
  }),
  'app',
);
const cells = (options: object) =>
  partsNamed(generateConstraintsStep, options, config).map(({ mode, python }) => `${mode}-${python}`);

it.each([
  [{}, ['core-3.12', 'core-3.13', 'docs-3.12', 'docs-3.13']],
  [{ dryRun: true }, ['core-3.12', 'core-3.13', 'docs-3.12', 'docs-3.13']],
  [{ mode: 'core' }, ['core-3.12', 'core-3.13']],
  [{ python: '3.13' }, ['core-3.13', 'docs-3.13']],
  [{ mode: 'docs', python: '3.12' }, ['docs-3.12']],
  [{ mode: 'docs', python: 3.12 }, ['docs-3.12']],
])('%j names %j', (options, names) => expect(cells(options)).toEqual(names));

it.each([
  [{ python: 3.1 }, 'app/ci-cache.json: python = "3.1"\n  allowed: one of 3.12, 3.13'],
  [{ python: '3.9' }, 'app/ci-cache.json: python = "3.9"\n  allowed: one of 3.12, 3.13'],
  [{ mode: 'core', python: '3.9' }, 'mode, python = "core 3.9"\n  allowed: one of core 3.12, core 3.13, docs 3.12'],
])('%j is refused', (options, words) => expect(() => cells(options)).toThrow(words));

it('finds 3.10 behind the number that a command line makes of it', () => {
  const ten = { ...config, pythons: ['3.10', '3.11'] };
  expect(partsNamed(generateConstraintsStep, { mode: 'core', python: 3.1 }, ten)).toEqual([
    { mode: 'core', python: '3.10' },
  ]);
});

it('hands a step without parts its options, and refuses a part of nothing', () => {
  expect(partsNamed(snapshotStep, { dryRun: true }, config)).toEqual([{ dryRun: true }]);
  expect(partsNamed(buildxRefreshStep, {}, config)).toEqual([]);
  expect(() => partsNamed(buildxRefreshStep, { image: 'ci' }, config)).toThrow('describes no part of buildx-refresh');
});

it('tells a target with coordinates from one for the whole step', () => {
  expect([{}, { dryRun: true }, { platform: 'linux/arm64' }].map(hasCoordinates)).toEqual([false, false, true]);
});
