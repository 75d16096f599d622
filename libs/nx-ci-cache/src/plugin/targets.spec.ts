import { parseConfig } from '@nx-ci-cache/config';
import { targetsOf } from './targets';

const config = parseConfig(
  JSON.stringify({
    pythons: ['3.11', '3.13'],
    platforms: ['linux/amd64', 'linux/arm64'],
    constraints: { modes: { constraints: { requirements: ['all.in'] }, core: { requirements: ['core.in'] } } },
    push: { branches: [{ from: 'main', to: 'constraints-main' }], gates: ['api:test:unit'] },
    images: {
      ci: {
        dockerfile: 'Dockerfile',
        repository: 'registry.example.com/python{python}',
        cache: 'registry.example.com/cache/python{python}:{platform}',
      },
    },
    builder: { nodes: [{ platforms: ['linux/amd64'] }, { platforms: ['linux/arm64'] }] },
  }),
  'apps/example',
);
const plugin = [{ externalDependencies: ['nx-ci-cache'] }];
const targets = targetsOf(config, plugin);
const cached = Object.entries(targets).filter(([, { cache }]) => cache);

describe('targetsOf', () => {
  it('names the targets as the design does', () => {
    expect(Object.keys(targets)).toEqual([
      'snapshot',
      'generate-constraints--constraints-3.11',
      'generate-constraints--constraints-3.13',
      'generate-constraints--core-3.11',
      'generate-constraints--core-3.13',
      'generate-constraints',
      'check-constraints',
      'why',
      'import',
      'push-constraints',
      'plan-refresh',
      'buildx-refresh',
      'refresh',
      'report',
      'constraints',
      'build-legs',
      'publish-legs',
      'setup-builder',
      'verify',
      'refresh-manual',
      'doctor',
      'status',
      'prune',
      'dev-image',
    ]);
  });

  it('caches cells, their comparison, and legs with images only, each on exactly its own facts', () => {
    expect(cached).toHaveLength(6);
    expect(targets['check-constraints']?.inputs).toEqual([
      { dependentTasksOutputFiles: 'dist/apps/example/config.json' },
      { dependentTasksOutputFiles: 'dist/apps/example/cells/*.json' },
      { dependentTasksOutputFiles: 'dist/apps/example/constraints-3.11/*.txt' },
      { dependentTasksOutputFiles: 'dist/apps/example/constraints-3.11/*.json' },
      { dependentTasksOutputFiles: 'dist/apps/example/published/*.txt' },
      { dependentTasksOutputFiles: 'dist/apps/example/constraints-3.13/*.txt' },
      { dependentTasksOutputFiles: 'dist/apps/example/constraints-3.13/*.json' },
      ...plugin,
    ]);
    expect(targets['generate-constraints--core-3.13']?.inputs).toEqual([
      { dependentTasksOutputFiles: 'dist/apps/example/cells/core-3.13.json' },
      ...plugin,
    ]);
  });

  it('caches all legs and images together, on the plan of each by its name, and keeps the record of each', () => {
    const legs = ['ci-3.11-linux-amd64', 'ci-3.11-linux-arm64', 'ci-3.13-linux-amd64', 'ci-3.13-linux-arm64'];
    const images = ['ci-3.11', 'ci-3.13'];
    const plans = [...legs, ...images.map((image) => `publish-${image}`)];
    expect(targets['buildx-refresh']).toMatchObject({
      executor: 'nx-ci-cache:buildx-refresh',
      inputs: [
        ...plans.map((plan) => ({ dependentTasksOutputFiles: `dist/apps/example/plan/${plan}.json` })),
        ...plugin,
      ],
      outputs: [...legs.map((leg) => `legs/${leg}`), ...images.map((image) => `images/${image}`)].map(
        (record) => `{workspaceRoot}/dist/apps/example/${record}.json`,
      ),
    });
  });

  it('lets every uncached target be affected through what comes before it', () => {
    for (const [, { inputs }] of Object.entries(targets).filter(([, { cache }]) => !cache)) {
      expect(inputs?.at(-1)).toEqual({ dependentTasksOutputFiles: '**/*', transitive: true });
    }
  });

  it('hands cells their coordinates and nothing else, and legs nothing', () => {
    expect(targets['generate-constraints--core-3.13']?.options).toEqual({ mode: 'core', python: '3.13' });
    expect(targets['buildx-refresh']?.options).toBeUndefined();
  });

  it('puts check and gates before the push, and the push before every leg', () => {
    expect(targets['push-constraints']?.dependsOn).toEqual(['check-constraints', 'api:test:unit']);
    expect(targets['plan-refresh']?.dependsOn).toEqual(['push-constraints']);
    expect(targets['buildx-refresh']?.dependsOn).toEqual(['plan-refresh']);
    expect(targets['refresh']?.dependsOn).toEqual(['plan-refresh', 'buildx-refresh']);
  });

  it('lists exact names: a glob would match the targets of strangers', () => {
    const names = Object.values(targets).flatMap(({ dependsOn = [] }) => dependsOn);
    for (const name of names) expect(JSON.stringify(name)).not.toContain('*');
    for (const name of names.filter((each) => each !== 'api:test:unit')) expect(targets).toHaveProperty([String(name)]);
  });

  it('lets report stand alone, so that a CI can always call it', () => {
    expect(targets['report']?.dependsOn).toBeUndefined();
  });
});
