import { parseConfig } from '@nx-ci-cache/config';
import { targetsOf } from './targets';

const image = (name: string) => ({
  dockerfile: 'Dockerfile',
  repository: `registry.example.com/${name}/python{python}`,
  cache: `registry.example.com/${name}/cache/python{python}:{platform}`,
});

const targetsWith = (modes: object, docs: object = {}) =>
  targetsOf(
    parseConfig(
      JSON.stringify({
        pythons: ['3.11', '3.13'],
        constraints: { modes },
        push: { branches: [{ from: 'main', to: 'constraints-main' }] },
        images: { ci: image('ci'), docs: { ...image('docs'), ...docs } },
        builder: { nodes: [{ platforms: ['linux/amd64'] }] },
      }),
      'apps/example',
    ),
    [{ externalDependencies: ['nx-ci-cache'] }],
  );

const builds = (modes: object) => Object.keys(targetsWith(modes)).filter((name) => name.startsWith('build-image'));
const host = { requirements: ['all.in'] };

describe('targets of modes that freeze an image', () => {
  it.each([
    ['no such mode', { a: host }, []],
    ['one image', { a: host, b: { image: 'ci' } }, ['build-image--3.11', 'build-image--3.13']],
    [
      'two images',
      { a: { image: 'ci' }, b: { image: 'docs', pythons: ['3.13'] } },
      ['build-image--ci-3.11', 'build-image--ci-3.13', 'build-image--docs-3.13'],
    ],
  ])('build what is frozen with %s', (_case, modes, names) => {
    expect(builds(modes)).toEqual(names);
  });

  it('look at the outside each time, and bring out two files', () => {
    expect(targetsWith({ b: { image: 'ci' } })['build-image--3.13']).toMatchObject({
      executor: 'nx-ci-cache:build-image',
      cache: false,
      options: { image: 'ci', python: '3.13' },
      dependsOn: ['snapshot'],
      outputs: [
        '{workspaceRoot}/dist/apps/example/images/3.13/freeze.txt',
        '{workspaceRoot}/dist/apps/example/images/3.13/freeze.json',
      ],
    });
  });

  it('cache a cell on its facts and on that Python’s freeze, and on nothing else', () => {
    const targets = targetsWith({ a: host, b: { image: 'ci' } });
    expect(targets['generate-constraints--b-3.13']).toMatchObject({
      cache: true,
      dependsOn: ['snapshot', 'build-image--3.13'],
      inputs: [
        { dependentTasksOutputFiles: 'dist/apps/example/cells/b-3.13.json' },
        { dependentTasksOutputFiles: 'dist/apps/example/images/3.13/freeze.txt' },
        { externalDependencies: ['nx-ci-cache'] },
      ],
    });
    expect(targets['generate-constraints--a-3.13']?.dependsOn).toEqual(['snapshot']);
  });
});

it('nothing publishes an image that leaves a cache alone, and its legs are built with the others', () => {
  const { inputs = [], outputs = [] } = targetsWith({ a: host }, { publish: 'cache' })['buildx-refresh'] ?? {};
  const plans = inputs.flatMap((input) =>
    typeof input === 'object' && 'dependentTasksOutputFiles' in input ? [input.dependentTasksOutputFiles] : [],
  );
  const legs = ['ci', 'docs'].flatMap((image) => ['3.11', '3.13'].map((python) => `${image}-${python}-linux-amd64`));
  const images = ['ci-3.11', 'ci-3.13'];
  expect(plans).toEqual(
    [...legs, ...images.map((image) => `publish-${image}`)].map((plan) => `dist/apps/example/plan/${plan}.json`),
  );
  expect(outputs).toEqual(
    [...legs.map((leg) => `legs/${leg}`), ...images.map((image) => `images/${image}`)].map(
      (record) => `{workspaceRoot}/dist/apps/example/${record}.json`,
    ),
  );
});
