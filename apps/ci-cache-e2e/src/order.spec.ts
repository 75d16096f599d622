import type { LegRecord, RefreshReport } from './support/records';
import { Registry } from './support/registry';
import { Workspace } from './support/workspace';

const leg = 'buildx-refresh--ci-3.13-linux-amd64';
const image = 'publish-images--ci-3.13';

interface Config {
  readonly images: { readonly ci: object };
  readonly builder: { readonly name: string; readonly nodes: readonly object[] };
}

/** One leg is enough to go backwards. */
const oneLeg = (text: string): string => {
  const config = JSON.parse(text) as Config;
  return JSON.stringify({
    ...config,
    pythons: ['3.13'],
    platforms: ['linux/amd64'],
    images: { ci: { ...config.images.ci, tags: ['{commit}', '{commit}-{constraints}', 'latest'] } },
    builder: { ...config.builder, nodes: config.builder.nodes.slice(0, 1) },
  });
};

describe('a run from an older source commit', () => {
  let workspace: Workspace;
  let registry: Registry;
  let older: string;
  let newer: string;
  let constraints: string;

  const refresh = async (env: Record<string, string> = {}, at = workspace) => {
    const { exitCode, all } = await at.run('refresh', env);
    if (exitCode !== 0) throw new Error(all);
    const report = at.record<RefreshReport>('refresh.json');
    return (step: string) => report.steps.find((each) => each.step === step);
  };
  const world = async () => ({ tip: await workspace.tip(), tags: await registry.tags() });
  const repository = () => registry.repository('3.13');
  const held = async (tag: string) => (await registry.manifest(repository(), tag))?.digest;
  const head = async () => (await workspace.git('rev-parse', 'HEAD')).trim();

  beforeAll(async () => {
    workspace = await Workspace.create();
    registry = new Registry(workspace);
    workspace.write({ 'app/ci-cache.json': oneLeg(workspace.read('app/ci-cache.json')) });
    await workspace.commit('one leg');
    older = await head();
    await refresh();
    workspace.write({ 'app/image/Dockerfile': `${workspace.read('app/image/Dockerfile')}COPY greeting /second\n` });
    await workspace.commit('another Dockerfile');
    newer = await head();
    await refresh();
    constraints = (await workspace.tip()).slice(0, 12);
  });

  it('finds the tags of both commits, those with the constraints commit included', async () => {
    expect(await held(newer)).toBe(await held('latest'));
    expect(await held(older)).not.toBe(await held('latest'));
    expect(await held(`${older}-${constraints}`)).toBe(await held(older));
    expect(await held(`${newer}-${constraints}`)).toBe(await held(newer));
  });

  it('moves nothing: it is superseded, and says by what', async () => {
    const before = await world();
    await workspace.git('reset', '--quiet', '--hard', older);
    const line = await refresh();
    expect(await world()).toEqual(before);
    expect(line(leg)).toMatchObject({ status: 'unchanged', text: expect.stringContaining(newer) });
    expect(line(leg)?.text).toMatch(/^superseded: /);
    expect(line(image)).toMatchObject({ status: 'unchanged', text: expect.stringMatching(/^superseded: /) });
    expect(workspace.record<LegRecord>('legs/ci-3.13-linux-amd64.json').result).toBe('superseded');
  });

  it('moves nothing from another checkout, which knows nothing of the newer commit', async () => {
    await workspace.git('push', '--quiet', workspace.remote, `${newer}:refs/heads/main`);
    const before = await world();
    const elsewhere = await workspace.checkoutElsewhere();
    await elsewhere.git('remote', 'set-url', 'origin', `file://${workspace.remote}`);
    const line = await refresh({}, elsewhere);
    expect(await world()).toEqual(before);
    expect(line(leg)?.text).toMatch(/^superseded: /);
  });

  it('when it is forced, writes the tags of its own commit and nothing else', async () => {
    const before = await world();
    await registry.remove(repository(), older);
    const line = await refresh({ CI_CACHE_FORCE: 'yes' });
    expect(line(leg)).toMatchObject({ status: 'done', text: expect.stringContaining('forced') });
    const after = await world();
    const others = ({ tip, tags }: typeof before) => ({
      tip,
      tags: Object.entries(tags).filter(([tag]) => !tag.includes(`:${older}`)),
    });
    expect(others(after)).toEqual(others(before));
    expect(Object.keys(after.tags)).toEqual(Object.keys(before.tags));
  });

  it('is none once its files are committed again', async () => {
    const before = await held('latest');
    await workspace.git('reset', '--quiet', '--hard', newer);
    workspace.write({ 'app/image/greeting': 'good morning\n' });
    await workspace.commit('another greeting');
    const line = await refresh();
    expect(line(leg)?.status).toBe('done');
    expect(await held('latest')).toBe(await held(await head()));
    expect(await held('latest')).not.toBe(before);
    expect(await held(newer)).toBe(before);
  });
});
