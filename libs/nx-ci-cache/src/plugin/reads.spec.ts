import { parseConfig } from '@nx-ci-cache/config';
import { readsOf } from './reads';

const config = (root: string) =>
  parseConfig(
    JSON.stringify({
      pythons: ['3.13'],
      constraints: {
        modes: {
          core: {
            requirements: [
              'core.in',
              '{workspaceRoot}/libs/a/requirements.in',
              { pyproject: '{workspaceRoot}/libs/b/pyproject.toml', groups: ['test'] },
              { inline: ['packaging'] },
            ],
            constraints: ['{workspaceRoot}/limits.txt', { inline: ['pandas<3'] }],
            overrides: ['overrides.txt'],
            buildConstraints: ['build.txt'],
            findLinks: ['wheels'],
          },
          frozen: { image: 'ci' },
        },
      },
      push: { branches: [{ from: 'main', to: 'constraints-main' }], gates: ['api:test', 'api:lint', 'web:test'] },
      images: {
        ci: {
          dockerfile: 'image/Dockerfile',
          context: 'image',
          repository: 'registry.example.com/{image}',
          cache: 'registry.example.com/cache:{image}',
        },
        docs: {
          dockerfile: 'Dockerfile',
          repository: 'registry.example.com/{image}',
          cache: 'registry.example.com/cache:{image}',
        },
      },
    }),
    root,
  );

const reads = (step: string, { root = 'app', options = {}, bases = [] as string[] } = {}) =>
  readsOf(step, options, { config: config(root), bases: bases.map(config), led: () => [] });

const constraintFiles = (root: string) => [
  `{workspaceRoot}/${root}ci-cache.json`,
  `{workspaceRoot}/${root}core.in`,
  '{workspaceRoot}/libs/a/requirements.in',
  '{workspaceRoot}/libs/b/pyproject.toml',
  '{workspaceRoot}/limits.txt',
  `{workspaceRoot}/${root}overrides.txt`,
  `{workspaceRoot}/${root}build.txt`,
  `{workspaceRoot}/${root}wheels/**/*`,
];

describe('readsOf', () => {
  it.each([
    ['app', 'app/'],
    ['.', ''],
    ['a b', 'a b/'],
    ['[x]/{y}/(z)/!w', '?x?/?y?/?z?/?w/'],
  ])('names every file a snapshot makes facts of, for a project in %s', (root, prefix) => {
    expect(reads('snapshot', { root })).toEqual(constraintFiles(prefix));
  });

  it('names what an image is built from, and of one image only what is its own', () => {
    expect(reads('build-image', { options: { image: 'ci', python: '3.13' } })).toEqual([
      '{workspaceRoot}/app/ci-cache.json',
      '{workspaceRoot}/app/image/Dockerfile',
      '{workspaceRoot}/app/image/Dockerfile.dockerignore',
      '{workspaceRoot}/app/image/**/*',
    ]);
    expect(reads('plan-refresh')).toEqual(
      expect.arrayContaining(['{workspaceRoot}/app/image/Dockerfile', '{workspaceRoot}/app/Dockerfile']),
    );
  });

  it('takes the whole workspace for a context that is its root', () => {
    expect(reads('plan-refresh', { root: '.' })).toContain('{workspaceRoot}/**/*');
  });

  it('names all sources of an image that stands below', () => {
    const inputs = reads('plan-refresh', { bases: ['base'] });
    expect(inputs).toEqual(expect.arrayContaining(['{workspaceRoot}/base/core.in', '{workspaceRoot}/base/image/**/*']));
    expect(reads('snapshot', { bases: ['base'] })).toEqual(constraintFiles('app/'));
  });

  it('names the projects of gates for the push, each once', () => {
    expect(reads('push-constraints')).toEqual([
      '{workspaceRoot}/app/ci-cache.json',
      { input: 'default', projects: ['api', 'web'] },
    ]);
  });

  it.each(['check-constraints', 'refresh', 'report', 'constraints', 'setup-builder', 'why', 'import', 'prune'])(
    'names the configuration alone for %s',
    (step) => {
      expect(reads(step)).toEqual(['{workspaceRoot}/app/ci-cache.json']);
    },
  );
});
