/** Six legs of unequal length on two nodes: each node builds its own one after the other, whatever `--parallel` is. */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { down, up } from '@nx-ci-cache/testbed';
import { oneLegProject } from './support/one-leg';
import type { LegRecord, RefreshReport } from './support/records';
import { e2eFolder, Workspace } from './support/workspace';

const platforms = ['linux/amd64', 'linux/arm64'] as const;

/** Seconds that a leg's build sleeps: in no order, and not the same on both nodes. */
const sleeps = { a: [3, 6], b: [7, 3], c: [5, 9] } as const;
const legs = Object.keys(sleeps).flatMap((image) =>
  platforms.map((platform) => `${image}-3.13-${platform.replace('/', '-')}`),
);

const dockerfile = (round: string) => `ARG BASE_IMAGE
FROM \${BASE_IMAGE}
ARG TARGETARCH
ARG AMD64
ARG ARM64
RUN echo ${round}; if [ "$TARGETARCH" = amd64 ]; then sleep "$AMD64"; else sleep "$ARM64"; fi
`;

const project = (name: string): Readonly<Record<string, string>> => {
  const files = oneLegProject(name, 'true');
  const config = JSON.parse(files['app/ci-cache.json'] ?? '') as { images: { ci: object }; builder: object };
  const images = Object.entries(sleeps).map(([image, [amd64, arm64]]) => [
    image,
    {
      ...config.images.ci,
      repository: `{env.CI_CACHE_REGISTRY}/${name}/${image}`,
      buildArgs: { AMD64: String(amd64), ARM64: String(arm64) },
    },
  ]);
  const nodes = platforms.map((platform) => ({
    platforms: [platform],
    endpoint: `{env.CI_CACHE_BUILDKIT_${platform.replace('linux/', '').toUpperCase()}}`,
  }));
  const all = { ...config, platforms, images: Object.fromEntries(images) as object };
  return {
    ...files,
    'app/ci-cache.json': JSON.stringify({ ...all, builder: { ...config.builder, nodes } }),
    'app/image/Dockerfile': dockerfile('first'),
  };
};

interface Span {
  readonly name: string;
  readonly seconds: number;
  readonly from: number;
  readonly to: number;
}

describe('legs of two nodes', () => {
  const stack = join(mkdtempSync(join(e2eFolder(), 'queues-')), 'stack');
  let workspace: Workspace;
  let before: readonly Span[] = [];

  /** What each node built, in the order of its beginnings. */
  const refresh = async (parallel: number) => {
    const { exitCode, all } = await workspace.nx(['run', 'app:refresh', `--parallel=${parallel}`]);
    expect({ exitCode, all: exitCode === 0 ? '' : all }).toEqual({ exitCode: 0, all: '' });
    expect(workspace.record<RefreshReport>('refresh.json').failed).toEqual([]);
    const records = legs.map((leg) => workspace.record<LegRecord>(`legs/${leg}.json`));
    const queues = platforms.map((platform) => {
      const own = records.filter(({ node }) => node === platform.replace('/', '-'));
      return own.map(spanOf).sort((left, right) => left.from - right.from);
    });
    return { all, queues, spans: records.map(spanOf) };
  };
  const spanOf = ({ leg, seconds = 0, startedAt = '', endedAt = '' }: LegRecord): Span => ({
    ...{ name: leg, seconds },
    ...{ from: Date.parse(startedAt), to: Date.parse(endedAt) },
  });
  const names = (spans: readonly Span[]) => spans.map(({ name }) => name);

  const expectBusy = (queues: readonly (readonly Span[])[]): void => {
    expect(queues.map(({ length }) => length)).toEqual([3, 3]);
    queues.forEach((own, at) => {
      own
        .slice(1)
        .forEach(({ name, from }, index) => expect([name, from >= (own[index]?.to ?? 0)]).toEqual([name, true]));
      // No leg passes during which the other node, which still has some, builds none.
      const others = queues[1 - at] ?? [];
      const last = Math.max(...others.map(({ to }) => to));
      const beside = own.filter(({ to }) => to <= last);
      const idle = beside.filter(({ from, to }) => !others.some((other) => other.from < to && from < other.to));
      expect(names(idle)).toEqual([]);
    });
  };

  beforeAll(async () => {
    await up(stack, { parts: ['registry', 'amd64', 'arm64', 'bases', 'remote'] });
    workspace = await Workspace.create(stack);
    workspace.write(project(workspace.images));
    await workspace.commit('six legs');
  });

  afterAll(async () => {
    await down(stack, { purge: true });
    rmSync(join(stack, '..'), { recursive: true, force: true });
  });

  it('keep both nodes busy from start to their last leg with one task at a time', async () => {
    const { all, queues, spans } = await refresh(1);
    expectBusy(queues);
    expect(queues.map(names)).toEqual(
      platforms.map((platform) => legs.filter((leg) => leg.endsWith(platform.slice(6)))),
    );
    expect(all).toContain('builds, longest first: node linux-amd64: a-3.13-linux-amd64 (never timed), b-');
    before = spans;
  });

  it('do so with three, the longest first as the registry remembers them', async () => {
    workspace.write({ 'app/image/Dockerfile': dockerfile('second') });
    await workspace.commit('another command');
    const { queues } = await refresh(3);
    expectBusy(queues);
    const longest = [...before].sort((left, right) => right.seconds - left.seconds).map(({ name }) => name);
    expect(queues.map(names)).toEqual(
      platforms.map((platform) => longest.filter((leg) => leg.endsWith(platform.slice(6)))),
    );
  });
});
