import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConfig } from '@nx-ci-cache/config';
import { writeJson } from '@nx-ci-cache/process';
import { legName, legsOf, recordPaths, type LastBuild, type Leg } from '@nx-ci-cache/records';
import type { StepContext } from '../context/context';
import { attemptLegs } from './attempt-legs';

const image = (name: string) => ({
  dockerfile: 'Dockerfile',
  repository: `registry.example.com/${name}`,
  cache: `registry.example.com/${name}/cache:{platform}`,
});
const config = parseConfig(
  JSON.stringify({
    pythons: ['3.13'],
    platforms: ['linux/amd64', 'linux/arm64'],
    constraints: { modes: { core: { requirements: ['core.in'] } } },
    push: { branches: [{ from: 'main', to: 'constraints-main' }] },
    images: { a: image('a'), b: image('b'), c: image('c') },
    builder: { name: 'b', nodes: [{ platforms: ['linux/amd64'] }, { platforms: ['linux/arm64'], jobs: 2 }] },
  }),
  'app',
);
const paths = recordPaths('app');
const legs = legsOf(config);

let root: string;
let said: string[];
const write = (path: string, value: object) => writeJson(join(root, path), value);
const context = () =>
  ({
    ...{ config, paths, environment: {}, projectName: 'app', projects: {}, taskGraph: undefined },
    at: (path: string) => join(root, path),
    say: (line: string) => void said.push(line),
  }) as unknown as StepContext;

/** `a-amd64` for people. */
const short = (leg: Leg) => legName(leg).replace('-3.13-linux', '');
const plan = async (leg: Leg, stale: boolean, last: LastBuild = {}, run = 'r') => {
  await write(paths.plan(leg), { ...leg, inputDigest: 'i', buildId: stale ? 'new' : 'old' });
  await write(paths.reasons(leg), { run, leg: legName(leg), stale, reasons: [], constraintsCommit: 'c', last });
};

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'legs-'));
  said = [];
  await write(paths.branch, { run: 'r' });
});
afterEach(() => rmSync(root, { recursive: true }));

it('keeps the order of each node, and no node waits for another', async () => {
  const seconds = { a: 1, b: 5, c: 3 } as Readonly<Record<string, number>>;
  for (const leg of legs) await plan(leg, true, { seconds: seconds[leg.image] ?? 0 });
  const order: string[] = [];
  let others = 3;
  let areDone: () => void = () => undefined;
  const isDone = new Promise<void>((resolve) => void (areDone = resolve));
  const { done, errors } = await attemptLegs(legs, context(), async (leg) => {
    order.push(short(leg));
    // The first of one node ends after all of the other.
    if (leg.platform === 'linux/amd64') return isDone;
    others -= 1;
    if (others === 0) areDone();
  });
  const of = (platform: string) => order.filter((name) => name.endsWith(platform));
  expect([of('amd64'), of('arm64')]).toEqual([
    ['b-amd64', 'c-amd64', 'a-amd64'],
    ['b-arm64', 'c-arm64', 'a-arm64'],
  ]);
  expect({ done: done.length, errors }).toEqual({ done: 6, errors: [] });
  expect(said).toEqual([
    'builds, longest first: ' +
      'node b_linux-amd64: b-3.13-linux-amd64 (5 s last time), c-3.13-linux-amd64 (3 s last time), a-3.13-linux-amd64 (1 s last time); ' +
      'node b_linux-arm64, 2 at once: b-3.13-linux-arm64 (5 s last time), c-3.13-linux-arm64 (3 s last time), a-3.13-linux-arm64 (1 s last time)' +
      ' (run r)',
  ]);
});

it('builds as many at once on a node as its jobs say', async () => {
  for (const leg of legs) await plan(leg, true);
  const now = { 'linux/amd64': 0, 'linux/arm64': 0 } as Record<string, number>;
  const most = { ...now };
  await attemptLegs(legs, context(), async ({ platform }) => {
    now[platform] = (now[platform] ?? 0) + 1;
    most[platform] = Math.max(most[platform] ?? 0, now[platform] ?? 0);
    await new Promise((resolve) => setImmediate(resolve));
    now[platform] = (now[platform] ?? 0) - 1;
  });
  expect(most).toEqual({ 'linux/amd64': 1, 'linux/arm64': 2 });
});

it('asks the registry for fresh legs while others are built, and says nothing where none is', async () => {
  const [first, ...rest] = legs as [Leg, ...Leg[]];
  await plan(first, true);
  for (const leg of rest) await plan(leg, false);
  const order: string[] = [];
  let left = rest.length;
  let areDone: () => void = () => undefined;
  const isDone = new Promise<void>((resolve) => void (areDone = resolve));
  const act = async (leg: Leg) => {
    if (leg === first) await isDone;
    order.push(short(leg));
    left -= 1;
    if (left === 0) areDone();
  };
  await attemptLegs(legs, context(), act);
  expect(order.at(-1)).toBe(short(first));
  expect(said).toHaveLength(1);
  await plan(first, false);
  await attemptLegs(legs, context(), async () => undefined);
  expect(said).toHaveLength(1);
});

it('goes on after a leg that fails, and lets one that was not planned in this run fail in its turn', async () => {
  const [first, second, ...rest] = legs as [Leg, Leg, ...Leg[]];
  await plan(first, true);
  await plan(second, true, {}, 'earlier');
  for (const leg of rest) await plan(leg, true);
  const { done, errors } = await attemptLegs(legs, context(), (leg) =>
    leg === first || leg === second ? Promise.reject(new Error(short(leg))) : Promise.resolve(),
  );
  expect(done.map(short).sort()).toEqual(rest.map(short).sort());
  expect(errors.map(String).sort()).toEqual(['Error: a-amd64', 'Error: a-arm64']);
});

it('builds what a leg starts from before it, and nothing of another node waits for that', async () => {
  const images = config.images.map((each) => (each.name === 'a' ? { ...each, imageBases: { BASE: 'b' } } : each));
  for (const leg of legs) await plan(leg, leg.image !== 'c', { seconds: leg.image === 'a' ? 9 : 1 });
  const order: string[] = [];
  await attemptLegs(legs, { ...context(), config: { ...config, images } }, async (leg) => void order.push(short(leg)));
  for (const platform of ['amd64', 'arm64'])
    expect(order.filter((name) => name.endsWith(platform) && !name.startsWith('c'))).toEqual(
      ['b', 'a'].map((name) => `${name}-${platform}`),
    );
  expect(said[0]).toContain('a-3.13-linux-amd64 (9 s last time, after b-3.13-linux-amd64)');
});
