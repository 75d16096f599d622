/** What a status says of a real branch, index and registry: fresh, changed in each way, and broken in each way, with nothing written. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { digestOf } from '@nx-ci-cache/process';
import { statusTerminal, type StatusReport } from '@nx-ci-cache/report';
import { eachStatusWorld, type StatusWorld } from '../../testing/status-world';
import { statusOf } from './status';

let world: StatusWorld;
eachStatusWorld((each) => (world = each));

const ask = async (): Promise<StatusReport> => statusOf(await world.open());
const states = ({ outcome, exitCode, cells, legs, images }: StatusReport) => ({
  ...{ outcome, exitCode },
  cells: cells.map(({ state }) => state),
  legs: legs.map(({ state }) => state),
  images: images.map(({ state }) => state),
});
const fresh = { outcome: 'fresh', exitCode: 0, cells: ['fresh'], legs: ['fresh'], images: ['whole'] };
const pending = { outcome: 'changes-pending', exitCode: 2 };
const trouble = { outcome: 'trouble', exitCode: 1 };

/** Every byte of checkout and remote. */
const bytes = () => {
  const of = (folder: string) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [path, digestOf(readFileSync(path))]);
  return { checkout: of(world.workspace.root), remote: of(world.remote) };
};

it('says fresh after a refresh, whose estimate, age and size it shows, and writes nothing anywhere', async () => {
  const files = bytes();
  const report = await ask();
  expect(states(report)).toEqual(fresh);
  expect(report.troubles).toEqual([]);
  expect(report.index).toMatchObject({ windowsBehind: 0, cutoff: report.index?.newest });
  expect(report.legs).toMatchObject([
    { reasons: [], recorded: { node: 'amd64', seconds: 30, imageBytes: 36 }, cacheBytes: 36 },
  ]);
  expect(report.refresh).toMatchObject({ resolves: [], builds: [], mayBuild: [], publishes: [] });
  expect(bytes()).toEqual(files);
  expect(world.registry.asked.filter((line) => !/^(GET|HEAD) /.test(line))).toEqual([]);
  expect(existsSync(process.env['BUILDX_CONFIG'] ?? '')).toBe(false);
  const text = statusTerminal(report);
  expect(text).toMatch(/^Fresh: app\n[^]*A refresh would find nothing to do\.$/);
  expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(100);
});

it('names sources that changed since, the legs that follow, and how long their builds took', async () => {
  world.workspace.commit({ 'app/core.in': 'lib>=1\n' });
  const report = await ask();
  expect(states(report)).toEqual({ ...pending, cells: ['stale'], legs: ['stale'], images: ['whole'] });
  expect(report.cells[0]?.reasons).toEqual([expect.stringMatching(/^changed since \w{12}: app\/core\.in$/)]);
  expect(report.legs[0]?.reasons).toMatchObject([{ kind: 'source' }]);
  expect(report.refresh).toMatchObject({ resolves: ['core-3.13'], builds: ['ci-3.13-linux-amd64'], mayBuild: [] });
  expect(report.refresh.publishes).toEqual(['ci-3.13']);
  expect(report.refresh.time.building).toMatchObject({ seconds: 30, untimed: [] });
  expect(report.refresh.time.resolving).toMatchObject({ untimed: ['core-3.13.txt'] });
  expect(report.refresh.time.resolving).not.toHaveProperty('seconds');
  expect(statusTerminal(report)).toContain('Time of the legs: about 30 s');
});

it('tells a cut-off that moved from a release that came since', async () => {
  await world.refresh(3);
  const quiet = await ask();
  expect(states(quiet)).toEqual(fresh);
  expect(quiet.index?.windowsBehind).toBe(3);
  expect(quiet.refresh).toMatchObject({ resolves: ['core-3.13'], builds: [] });
  const uploaded = new Date(Date.now() - 50 * 60 * 60 * 1000).toISOString();
  world.index.publish({ name: 'lib', version: '1.1', uploaded });
  const report = await ask();
  expect(states(report)).toEqual({ ...pending, cells: ['stale'], legs: ['fresh'], images: ['whole'] });
  expect(report.cells[0]?.releases).toEqual({
    ...{ asked: 1, newer: 1, newSince: 1, yanked: 0, unknown: 0 },
    examples: [{ name: 'lib', pinned: '1.0', newest: '1.1' }],
  });
  expect(report.refresh).toMatchObject({ builds: [], mayBuild: ['ci-3.13-linux-amd64'] });
});

it('compares what a cell is configured by, and nothing else of the configuration', async () => {
  const limits = [{ bound: 'lib<2', reason: 'a test' }];
  const { images, ...others } = world.config() as { images: { ci: object } };
  world.workspace.commit({
    'app/ci-cache.json': JSON.stringify({ ...others, images: { ci: { ...images.ci, keep: 3 } } }),
  });
  expect((await ask()).cells[0]).toMatchObject({ state: 'fresh', reasons: [] });
  const modes = { core: { requirements: ['core.in'], limits } };
  world.workspace.commit({ 'app/ci-cache.json': JSON.stringify(world.config({ constraints: { modes } })) });
  expect((await ask()).cells[0]?.reasons).toEqual([expect.stringMatching(/^its configuration changed since/)]);
});

it('says which files the branch lacks, and which it has beside', async () => {
  const others = { 'old-3.12.txt': 'lib==1.0\n' };
  await world.refresh(0, { 'core-3.13.txt': 'lib==1.0\n', ...others });
  expect((await ask()).branch).toMatchObject({ missing: [], extra: ['old-3.12.txt'] });
  await world.refresh(0, others);
  const report = await ask();
  expect(states(report)).toMatchObject({ ...pending, cells: ['absent'] });
  // Those of another project, for all anybody knows.
  expect(report.branch).toMatchObject({ missing: ['core-3.13.txt'], extra: [] });
});

it('does not know of sources that this clone does not have, and says so', async () => {
  const files = { 'core-3.13.txt': 'lib==1.0\n' };
  world.workspace.git('commit', '-q', '--amend', '-m', 'another history');
  await world.refresh(0, files);
  const gone = world.workspace.git('rev-parse', 'HEAD').trim();
  world.workspace.git('commit', '-q', '--amend', '-m', 'rewritten');
  world.workspace.git('reflog', 'expire', '--expire=now', '--all');
  world.workspace.git('gc', '-q', '--prune=now');
  const report = await ask();
  expect(report.cells[0]).toMatchObject({ state: 'unknown', reasons: [] });
  expect(report.notes).toEqual([expect.stringContaining(gone)]);
});

it.each<[string, () => void | Promise<unknown>, RegExp, object]>([
  [
    'a registry that fails',
    () => world.registry.fail({ method: 'GET', path: /./, answer: 500 }),
    /^ci-3\.13.* answered 500$/,
    { cells: ['fresh'], legs: ['unknown'], images: ['unknown'] },
  ],
  [
    'a remote that is not there',
    () => void world.workspace.git('remote', 'set-url', 'origin', '/nowhere'),
    /^branch /,
    { cells: ['unknown'], legs: ['unknown'], images: [] },
  ],
  [
    'an index of packages that fails',
    () => world.index.plant('/simple/', (_request, response) => Boolean(response.writeHead(500).end())),
    /^package index .*answered 500/,
    { cells: ['fresh'], legs: ['fresh'], images: ['whole'] },
  ],
  [
    'a cache that is gone',
    () => world.registry.fail({ method: 'GET', path: /cache\/manifests/, answer: 404 }),
    /the cache ref .* is gone/,
    { cells: ['fresh'], legs: ['stale'], images: ['whole'] },
  ],
  [
    'a tag that holds no index',
    async () => {
      const { images } = world.config() as { images: { ci: { repository: string } } };
      await world.push.image(images.ci.repository.replace(`${world.registry.host}/`, ''), 'latest');
    },
    /:latest holds a single image and no index/,
    { cells: ['fresh'], legs: ['fresh'], images: ['broken'] },
  ],
  [
    'a requirement file that is missing',
    () => void world.workspace.git('rm', '-q', 'app/core.in'),
    /^requirements and package index .*core\.in/s,
    { cells: ['unknown'], legs: ['fresh'], images: ['whole'] },
  ],
])('names %s, and shows the rest', async (_what, harm, says, rest) => {
  await harm();
  const report = await ask();
  expect(states(report)).toEqual({ ...trouble, ...rest });
  expect(report.troubles).not.toEqual([]);
  for (const each of report.troubles) expect(`${each.what} ${each.says}`).toMatch(says);
});
