import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { FailureRecord, ImageRecord, LegRecord, PushRecord } from '@nx-ci-cache/records';
import { stackEnv } from '@nx-ci-cache/testbed';
import { Registry } from './support/registry';
import { e2eStack, Workspace } from './support/workspace';

/** Files as a page of the docs shows them: a path in backquotes, then a block. */
const filesOf = (page: string): Record<string, string> => {
  const text = readFileSync(join(__dirname, '../../../docs', page), 'utf8');
  const found = [...text.matchAll(/^`([^`]+)`\n\n```\w+\n([\s\S]*?)^```$/gm)];
  return Object.fromEntries(found.map(([, path = '', content = '']) => [path, content]));
};

/** What a test changes of them. */
interface Options {
  platforms?: string[];
  readonly builder: { readonly nodes: object[] };
  readonly images: { readonly ci: { secrets?: Readonly<Record<string, string>> } };
}

describe('the project of docs/hand-wiring.md', () => {
  const files = filesOf('hand-wiring.md');
  let workspace: Workspace;

  // The page's own commands find their tools on the path.
  const PATH = `${dirname(stackEnv(e2eStack())['CI_CACHE_UV'] ?? '')}:${process.env['PATH'] ?? ''}`;
  const images = (...args: string[]) =>
    workspace.nx(['run', 'api:images', '--output-style=static', ...args], { CI_CACHE_ANSWER: 'yes', PATH });
  const record = <Record>(path: string) => JSON.parse(workspace.read(`dist/api/${path}`)) as Record;
  const results = () => ({
    push: record<PushRecord>('push.json').result,
    image: record<ImageRecord>('images/ci-3.13.json').result,
  });

  beforeAll(async () => {
    workspace = await Workspace.create();
    rmSync(join(workspace.folder, 'app'), { recursive: true });
    workspace.write({ ...files, 'nx.json': '{}' });
    await workspace.git('remote', 'add', 'origin', `file://${workspace.remote}`);
    await workspace.commit('the page');
  });

  it('refreshes, then hits', async () => {
    expect(Object.keys(files)).toEqual(['api/project.json', 'api/requirements.in', 'api/Dockerfile']);
    const first = await images();
    expect({ ...first, all: first.exitCode === 0 ? '' : first.all }).toMatchObject({ exitCode: 0, all: '' });
    expect(results()).toEqual({ push: 'pushed', image: 'published' });
    const tip = await workspace.tip();
    const second = await images();
    expect(second.exitCode).toBe(0);
    expect(second.all).toMatch(/nx run api:resolve +\[.*cache/);
    expect(results()).toEqual({ push: 'unchanged', image: 'unchanged' });
    expect(await workspace.tip()).toBe(tip);
    expect(await new Registry(workspace).manifest('api/python3.13', 'latest')).toBeDefined();
  });

  it('keeps what the other legs built when one fails, publishes nothing of its image, and then builds that one only', async () => {
    // A secret is in no leg's digest: what it says changes while every leg's inputs stay.
    const secret = join(workspace.folder, '../secret');
    const project = JSON.parse(files['api/project.json'] ?? '') as { targets: { look: { options: Options } } };
    const { options } = project.targets.look;
    options.platforms = ['linux/amd64', 'linux/arm64'];
    options.builder.nodes.push({ platforms: ['linux/arm64'], endpoint: '{env.CI_CACHE_BUILDKIT_ARM64}' });
    options.images.ci.secrets = { word: secret };
    workspace.write({
      'api/project.json': JSON.stringify(project),
      'api/Dockerfile': `${files['api/Dockerfile']}ARG TARGETARCH\nRUN --mount=type=secret,id=word [ "$TARGETARCH" = amd64 ] || grep well /run/secrets/word\n`,
    });
    await workspace.commit('two legs');
    const legs = () =>
      ['amd64', 'arm64'].map((on) => record<LegRecord | FailureRecord>(`legs/ci-3.13-linux-${on}.json`));
    const latest = () => new Registry(workspace).manifest('api/python3.13', 'latest');
    const before = await latest();

    writeFileSync(secret, 'ill');
    const failed = await images();
    expect(failed.exitCode).not.toBe(0);
    expect(failed.all).toMatch(/ci-3\.13-linux-arm64[^]*grep well/);
    expect(legs()).toMatchObject([{ result: 'built' }, { result: 'failed' }]);
    expect(await latest()).toEqual(before);

    const [built] = legs() as LegRecord[];
    writeFileSync(secret, 'well');
    const mended = await images();
    expect({ exitCode: mended.exitCode, all: mended.exitCode === 0 ? '' : mended.all }).toEqual({
      exitCode: 0,
      all: '',
    });
    const { buildId, digest } = built as LegRecord;
    expect(legs()).toMatchObject([{ result: 'already-applied', buildId, digest }, { result: 'built' }]);
    expect(results()).toEqual({ push: 'unchanged', image: 'published' });
    expect((await latest())?.body.manifests).toHaveLength(2);
  });

  it('says which line a wrong wiring lacks, by the names there are, before anything runs', async () => {
    const project = JSON.parse(files['api/project.json'] ?? '') as { targets: Record<string, object> };
    const wired = async (target: string, change: object) => {
      const targets = { ...project.targets, [target]: { ...project.targets[target], ...change } };
      workspace.write({ 'api/project.json': JSON.stringify({ ...project, targets }) });
      await workspace.commit(`another ${target}`);
      const { exitCode, all } = await images();
      expect(exitCode).not.toBe(0);
      return all;
    };
    expect(await wired('resolve', { inputs: ['default'] })).toContain(
      '→ Add {"dependentTasksOutputFiles":"dist/api/cells/constraints-3.13.json"} to "inputs" of target "resolve" in project.json',
    );
    expect(await wired('ship', { dependsOn: ['resolve'] })).toContain('{"projects":["api"],"target":"test"}');
    expect(await wired('images', { cache: true })).toMatch(/api:images is cached, but not on dist\/api\/plan\//);
  });
});
