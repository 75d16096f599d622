/** Facts of a cell against a local index, and the resolver's own cache and patience for one test. */
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CellFacts } from '@nx-ci-cache/records';

type Changes = Partial<Omit<CellFacts, 'requirements'>> & { readonly requires: readonly string[] };

export const cellFacts = (indexUrl: string, { requires, ...changes }: Changes): CellFacts => ({
  mode: 'core',
  python: '3.13',
  cutoff: '2026-02-01T00:00:00Z',
  indexUrl,
  pageMaxAge: 2700,
  resolver: resolverHere(),
  requirements: [{ path: 'core.in', text: requires.map((line) => `${line}\n`).join('') }],
  allowSdist: [],
  ...changes,
});

/** As the snapshot names it: a cell is resolved by no other. */
export const resolverHere = (): string =>
  execFileSync(process.env['CI_CACHE_UV'] || 'uv', ['--version'], { encoding: 'utf8' })
    .split(' ')
    .slice(0, 2)
    .join(' ');

/** Every test resolves with an empty cache of its own, and asks a failing index no more than twice. */
export const useFreshCache = (): void => {
  let folder: string;
  const before = { ...process.env };
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nx-ci-cache-uv-'));
    Object.assign(process.env, { UV_CACHE_DIR: folder, UV_HTTP_RETRIES: '1', UV_HTTP_TIMEOUT: '5' });
  });
  afterEach(async () => {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
    await rm(folder, { recursive: true, force: true });
  });
};

/** The pins of a constraint file, without its header. */
export const pinLines = (text: string): readonly string[] =>
  text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
