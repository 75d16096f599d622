import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { logger } from '@nx/devkit';
import { parse } from 'yaml';
import { cis } from '../pipelines/pipelines';
import sync from '../sync/generator';
import workflow from './generator';
import { configuration, setProject, workspaceWith, type Project } from './workspace.testing';

/** In the place of what `a` has in its ci-cache.json. */
const added = { push: { branches: [{ from: 'next', to: 'constraints-next' }], gates: ['z:test'] } };

const names = cis.map(({ name }) => name);
const withImage: Readonly<Record<string, Project>> = { 'ci-cache': { hasImages: true } };

beforeAll(() => {
  jest.spyOn(logger, 'info').mockImplementation(() => undefined);
});

describe.each(cis)('the workflow of $name', ({ name, file, render }) => {
  it('is the one in the documentation', async () => {
    const tree = workspaceWith(withImage);
    await workflow(tree, { ci: [name] });
    const docs = join(
      __dirname,
      '../../../../../docs/workflows',
      `ci-cache.${name}.${name === 'jenkins' ? 'Jenkinsfile' : 'yml'}`,
    );
    expect(tree.read(file, 'utf8')).toBe(readFileSync(docs, 'utf8'));
  });

  it('looks on a proposal, refreshes one after another, and reports always', async () => {
    const tree = workspaceWith({ a: {}, 'b c': { branches: ['v-1'], gates: ['x:lint', 'b c:test'].slice(0, 1) } });
    await workflow(tree, { ci: [name] });
    const text = tree.read(file, 'utf8') ?? '';
    if (name !== 'jenkins') expect(parse(text)).toBeInstanceOf(Object);
    expect(text).toContain('npx nx sync:check');
    expect(text).toMatch(/nx affected --targets=refresh --base=\S+/);
    expect(text).toContain('--targets=test-with-constraints,lint --projects=a,x');
    expect(text).toMatch(/--targets=refresh --projects=.*a,b c/);
    expect(text).toMatch(/--targets=report --projects=.*a,b c/);
    expect(text).toMatch(
      /cancel-in-progress: false|interruptible: false|batch: 'true'|serial-group|concurrency: 1|abortPrevious: false/,
    );
    expect(text).toContain('v-1');
    expect(text).not.toMatch(/docker login|docker-cli|login-action|buildx-action/);
    expect(render).toBeDefined();
  });

  it('proves the caches of the projects that have images', async () => {
    const tree = workspaceWith({ a: {}, b: { hasImages: true }, c: { hasImages: true } });
    await workflow(tree, { ci: [name] });
    expect(tree.read(file, 'utf8')).toContain('nx run-many --targets=verify --projects=b,c');
    const without = workspaceWith({ a: {} });
    await workflow(without, { ci: [name] });
    expect(without.read(file, 'utf8')).not.toMatch(/nx run\S* \S*verify/);
  });

  it('is not overwritten by accident', async () => {
    const tree = workspaceWith(withImage);
    tree.write(file, 'ours');
    await expect(workflow(tree, { ci: [name] })).rejects.toThrow(`${file} is there already\n  → Give --force`);
    await workflow(tree, { ci: [name], force: true });
    expect(tree.read(file, 'utf8')).toContain('nx affected');
  });

  it('follows the configuration, and leaves what people wrote', async () => {
    const tree = workspaceWith(withImage);
    await workflow(tree, { ci: [name] });
    expect(await sync(tree)).toBeUndefined();
    const mark = name === 'jenkins' ? '//' : '#';
    tree.write(file, `${mark} ours\n${tree.read(file, 'utf8')}${mark} ours too\n`);
    expect(await sync(tree)).toBeUndefined();

    setProject(tree, 'ci-cache', { hasImages: true, gates: ['api:test'], branches: ['main', 'stable'] });
    expect(await sync(tree)).toMatchObject({ outOfSyncDetails: [file] });
    const fresh = workspaceWith({ 'ci-cache': { hasImages: true, gates: ['api:test'], branches: ['main', 'stable'] } });
    await workflow(fresh, { ci: [name] });
    expect(tree.read(file, 'utf8')).toBe(`${mark} ours\n${fresh.read(file, 'utf8')}${mark} ours too\n`);
    expect(await sync(tree)).toBeUndefined();
  });
});

describe('workflow', () => {
  it('writes several at once, and has nx sync keep them', async () => {
    const tree = workspaceWith(withImage);
    await workflow(tree, { ci: names });
    await workflow(tree, { ci: ['github'], force: true });
    expect(cis.filter(({ file }) => !tree.exists(file))).toEqual([]);
    expect(JSON.parse(tree.read('nx.json', 'utf8') ?? '').sync).toEqual({ globalGenerators: ['nx-ci-cache:sync'] });
  });

  it('runs for every branch where a regular expression says which', async () => {
    const tree = workspaceWith({ a: { branches: ['v(\\d+)'] } });
    await workflow(tree, { ci: ['github'] });
    expect(parse(tree.read('.github/workflows/ci-cache.yml', 'utf8') ?? '').on.push).toEqual({ branches: ['**'] });
  });

  it('reads options of a snapshot target, beside a ci-cache.json or alone, where the targets it calls are there', async () => {
    const options = JSON.parse(configuration('wired', { branches: ['stable'], hasImages: true }));
    const byHand = {
      look: { executor: 'nx-ci-cache:snapshot', options },
      all: { executor: 'nx-ci-cache:refresh' },
      tell: { executor: 'nx-ci-cache:report' },
    };
    const tree = workspaceWith({ a: {} });
    tree.write('apps/a/project.json', JSON.stringify({ name: 'a', targets: { snapshot: { options: added } } }));
    tree.write('apps/wired/project.json', JSON.stringify({ name: 'wired', targets: byHand }));
    tree.write('apps/own/project.json', JSON.stringify({ name: 'own', targets: { look: byHand.look } }));
    await workflow(tree, { ci: ['github'] });
    const text = tree.read('.github/workflows/ci-cache.yml', 'utf8') ?? '';
    expect(parse(text).on.push).toEqual({ branches: ['next', 'stable'] });
    expect(text).toContain('--targets=test,test-with-constraints --projects=z,wired');
    expect(text).toContain('--targets=refresh,all --projects=a,wired');
    expect(text).toContain('IMAGE_REGISTRY');

    tree.write('apps/a/project.json', JSON.stringify({ name: 'a' }));
    expect(await sync(tree)).toMatchObject({ outOfSyncDetails: ['.github/workflows/ci-cache.yml'] });
    expect(tree.read('.github/workflows/ci-cache.yml', 'utf8')).toContain('branches: [main, stable]');
  });

  it('calls targets by the names that nx.json gives them', async () => {
    const tree = workspaceWith({ a: {} });
    const options = { targetPrefix: 'ci-', targetNames: { report: 'tell' } };
    tree.write('nx.json', JSON.stringify({ plugins: [{ plugin: 'nx-ci-cache', options }] }));
    await workflow(tree, { ci: ['buildkite'] });
    const text = tree.read('.buildkite/ci-cache.yml', 'utf8') ?? '';
    for (const command of ['nx run a:ci-refresh', 'nx run a:tell', 'nx affected --targets=ci-refresh --base='])
      expect(text).toContain(command);
  });

  it('calls the package manager the workspace has', async () => {
    const tree = workspaceWith({ a: {} });
    tree.write('pnpm-lock.yaml', '');
    await workflow(tree, { ci: ['gitlab'] });
    const text = tree.read('.gitlab/ci-cache.gitlab-ci.yml', 'utf8');
    expect(text).toContain('- pnpm install --frozen-lockfile\n');
    expect(text).toContain('- pnpm exec nx run a:refresh\n');
  });

  it.each<[what: string, projects: Readonly<Record<string, Project>>, ci: string[], says: RegExp]>([
    ['a CI it does not know', withImage, ['travis'], /--ci = "travis"\n {2}allowed: one or more of github, gitlab/],
    [
      'a workspace without a configuration',
      {},
      ['github'],
      /no project .* has a ci-cache\.json\n {2}→ .*:configuration/,
    ],
  ])('refuses %s', async (_what, projects, ci, says) => {
    await expect(workflow(workspaceWith(projects), { ci })).rejects.toThrow(says);
  });
});

describe('sync', () => {
  const file = '.github/workflows/ci-cache.yml';

  it('leaves a part whose comments somebody took away, and indents like the file', async () => {
    const tree = workspaceWith(withImage);
    tree.write(file, 'x:\n      # nx-ci-cache branches {\n      old\n      # }\n# nx-ci-cache unknown {\nkept\n# }\n');
    await sync(tree);
    expect(tree.read(file, 'utf8')).toBe(
      'x:\n      # nx-ci-cache branches {\n      branches: [main]\n      # }\n# nx-ci-cache unknown {\nkept\n# }\n',
    );
  });

  it('refuses a part that nothing ends', async () => {
    const tree = workspaceWith(withImage);
    tree.write(file, '# nx-ci-cache branches {\n');
    await expect(sync(tree)).rejects.toThrow(/line 1 begins the part branches, and nothing ends it\n {2}→ End it/);
  });

  it('has nothing to say of a workspace without workflows, nor of one whose configuration is gone', async () => {
    expect(await sync(workspaceWith(withImage))).toBeUndefined();
  });
});
