import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { logger } from '@nx/devkit';
import { parse } from 'yaml';
import sync from '../sync/generator';
import workflow from './generator';
import { setProject, workspaceWith, type Project } from './workspace.testing';

beforeAll(() => {
  jest.spyOn(logger, 'info').mockImplementation(() => undefined);
});

describe('the workflow of legs on runners of their own', () => {
  const file = '.github/workflows/ci-cache.yml';
  const own: Project = { hasImages: true, runners: ['ubuntu-24.04', 'ubuntu-24.04-arm'] };

  it('is the one in the documentation', async () => {
    const tree = workspaceWith({ 'ci-cache': own });
    await workflow(tree, { ci: ['github'] });
    const docs = join(__dirname, '../../../../../docs/workflows/ci-cache.github-runners.yml');
    expect(tree.read(file, 'utf8')).toBe(readFileSync(docs, 'utf8'));
    expect(await sync(tree)).toBeUndefined();
  });

  it('has jobs for each project, and refreshes whole what names no runner', async () => {
    const tree = workspaceWith({ a: own, b: { hasImages: true }, c: {}, d: own });
    await workflow(tree, { ci: ['github'] });
    const { jobs } = parse(tree.read(file, 'utf8') ?? '');
    expect(Object.keys(jobs)).toEqual(['preview', 'plan', 'legs-1', 'legs-2', 'publish-1', 'publish-2', 'verify']);
    const commands = (job: string) => jobs[job].steps.flatMap(({ run }: { run?: string }) => run ?? []).slice(1);
    expect(commands('plan')).toEqual([
      expect.stringContaining('run-many --targets=test-with-constraints'),
      'npx nx run-many --targets=refresh --projects=b,c',
      'npx nx run a:plan-refresh',
      'npx nx run d:plan-refresh',
      expect.stringContaining('--targets=report'),
    ]);
    expect(jobs['legs-2'].strategy.matrix).toBe('${{ fromJSON(needs.plan.outputs.matrix-2) }}');
    expect(jobs['plan'].outputs['matrix-2']).toBe('${{ steps.plan-2.outputs.matrix }}');
    expect([commands('legs-2'), commands('publish-1')]).toEqual([
      ['npx nx run d:build-legs'],
      ['npx nx run a:publish-legs', 'npx nx run a:report'],
    ]);
  });

  it('leaves a workflow of one job as it is until it is written anew', async () => {
    const tree = workspaceWith({ a: { hasImages: true } });
    await workflow(tree, { ci: ['github'] });
    const before = tree.read(file, 'utf8');
    setProject(tree, 'a', own);
    expect(await sync(tree)).toBeUndefined();
    expect(tree.read(file, 'utf8')).toBe(before);
    await workflow(tree, { ci: ['github'], force: true });
    expect(parse(tree.read(file, 'utf8') ?? '').jobs).toHaveProperty('legs');
  });

  it('changes nothing for another CI', async () => {
    const [one, two] = [workspaceWith({ a: own }), workspaceWith({ a: { hasImages: true } })];
    for (const tree of [one, two]) await workflow(tree, { ci: ['gitlab'] });
    expect(one.read('.gitlab/ci-cache.gitlab-ci.yml', 'utf8')).toBe(two.read('.gitlab/ci-cache.gitlab-ci.yml', 'utf8'));
  });
});
