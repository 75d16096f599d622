import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConfig } from '@nx-ci-cache/config';
import { legName, recordPaths } from '@nx-ci-cache/records';
import type { StepContext } from '../context/context';
import { handOver } from './hand-over';

const config = parseConfig(
  JSON.stringify({
    pythons: ['3.13'],
    constraints: { modes: { core: { requirements: ['core.in'] } } },
    push: { branches: [{ from: 'main', to: 'constraints-main' }] },
  }),
  'app',
);

const paths = recordPaths('app');
const seen = { sourceCommit: 'beef', startedAt: '2026-05-01T00:00:00.000Z', bases: { 'r.example.com/a': 'sha256:1' } };
/** By a preview, which was not let see all of it. */
const found = { ...seen, bases: { ...seen.bases, 'r.example.com/private': 'not-seen' } };

let root: string;
const at = (path: string) => join(root, path);
const write = (legs: readonly string[], environment: NodeJS.ProcessEnv = {}) => {
  const wanted = legs.map((platform) => {
    const leg = { image: 'ci', python: '3.13', platform };
    return { spec: { ...leg, name: legName(leg), imageBases: {} } };
  }) as unknown as Parameters<typeof handOver>[0]['wanted'];
  const context = { at, config, paths, environment } as unknown as StepContext;
  const isStale = legs.length > 0;
  return handOver(
    { wanted, isPublishing: isStale, constraintsCommit: isStale ? 'c0ffee' : null, seen: found },
    context,
  );
};

beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'matrix-'))));
afterEach(() => rmSync(root, { recursive: true }));

const entry = {
  ...{ leg: 'ci-3.13-linux-arm64', image: 'ci', python: '3.13', platform: 'linux/arm64' },
  runner: 'ubuntu-24.04-arm',
};

it('is two files, whatever runs it', async () => {
  await write(['linux/arm64']);
  const [matrix, told] = [paths.matrix, paths.seen].map((path) => JSON.parse(readFileSync(at(path), 'utf8')) as object);
  expect([matrix, told]).toEqual([{ include: [entry] }, seen]);
});

it.each([
  [
    ['linux/arm64'],
    [`matrix=${JSON.stringify({ include: [entry] })}`, 'stale=true', 'publish=true', 'constraints-commit=c0ffee'],
  ],
  [[], ['matrix={"include":[]}', 'stale=false', 'publish=false', 'constraints-commit=']],
])('tells GitHub of %j in one line each, after what the step has said itself', async (legs, lines) => {
  const outputs = at('outputs');
  writeFileSync(outputs, 'ours=1\n');
  await write(legs, { GITHUB_OUTPUT: outputs });
  expect(readFileSync(outputs, 'utf8').split('\n')).toEqual(['ours=1', ...lines, `seen=${JSON.stringify(seen)}`, '']);
});
