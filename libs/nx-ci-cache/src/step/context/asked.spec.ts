import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExecutorContext } from '@nx/devkit';
import { askedOf, checkAsked } from './asked';

type Overrides = Readonly<Record<string, unknown>>;

const root = mkdtempSync(join(tmpdir(), 'asked-'));
mkdirSync(join(root, 'app'));
writeFileSync(join(root, 'app', 'ci-cache.json'), '{ "push": { "remote": "{env.CI_CACHE_REMOTE}" } }');
afterAll(() => rmSync(root, { recursive: true }));

const own = { executor: 'nx-ci-cache:x' };

/** A run of `refresh` behind `snapshot`, beside a task of somebody else; `flags` by target. */
const contextOf = (targetName: string, flags: Readonly<Record<string, Overrides>>): ExecutorContext => {
  const task = (project: string, target: string) => ({
    id: `${project}:${target}`,
    target: { project, target },
    overrides: { ...flags[target], __overrides_unparsed__: ['--what=ever'] },
  });
  const tasks = [
    ...['snapshot', 'refresh', 'lint', 'all'].map((target) => task('app', target)),
    ...['build', 'all'].map((target) => task('web', target)),
  ];
  return {
    root,
    projectName: 'app',
    targetName,
    projectsConfigurations: {
      projects: {
        app: {
          root: 'app',
          targets: { snapshot: own, refresh: own, lint: { executor: 'nx:run-commands' }, all: { executor: 'nx:noop' } },
        },
        web: { root: 'web', targets: { all: { executor: 'nx:noop' } } },
      },
    },
    taskGraph: {
      tasks: Object.fromEntries(tasks.map((each) => [each.id, each])),
      dependencies: { 'app:refresh': ['app:snapshot'], 'app:snapshot': [], 'app:lint': [], 'web:build': [] },
    },
  } as unknown as ExecutorContext;
};

describe('askedOf', () => {
  it('gives every step the flags of the target that was named', () => {
    const flags = { refresh: { 'dry-run': true, answer: 'yes' } };
    expect(askedOf(contextOf('snapshot', flags)).flags).toEqual(flags.refresh);
    expect(askedOf(contextOf('refresh', flags)).flags).toEqual(flags.refresh);
  });

  it('gives them those of a target that does nothing but stand for others', () => {
    expect(askedOf(contextOf('snapshot', { all: { cutoff: 'x' } })).flags).toEqual({ cutoff: 'x' });
  });

  it('takes no flag of a target that is not ours', () => {
    expect(askedOf(contextOf('snapshot', { lint: { fix: true }, build: { prod: true } })).flags).toEqual({});
  });
});

describe('checkAsked', () => {
  const check = (targetName: string, flags: Overrides, environment: Record<string, string> = {}) =>
    checkAsked({ flags, environment }, contextOf(targetName, {}));

  it('lets pass what a configuration of the workspace reads', async () => {
    await expect(check('snapshot', { force: true }, { CI_CACHE_REMOTE: 'x' })).resolves.toBeUndefined();
  });

  it('is the first step’s alone: the others come after it', async () => {
    await expect(check('snapshot', { dryrun: true })).rejects.toThrow(/--dryrun is read by nothing/);
    await expect(check('refresh', { dryrun: true })).resolves.toBeUndefined();
  });
});
