/** The words of each release of the resolver that we accept, and what happens without them: real resolvers, a local index. */
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { resolveCell } from '../cell/resolve';
import { cellFacts, pinLines, resolverHere, useFreshCache } from '../testing/cell';
import { status } from '../testing/faults';
import { startIndex, type LocalIndex } from '../testing/local-index';
import { isProven, unprovenWarning } from './phrases';

/** The first and the newest release of every minor; raise both when another one is proven. */
const releases = ['0.13.0', '0.13.9'];

/** Installed once per machine: from the package index as `tools/setup` does it. */
const installed = (version: string): string => {
  const folder = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'nx-ci-cache', `uv-${version}`);
  if (existsSync(join(folder, 'bin/uv'))) return join(folder, 'bin/uv');
  mkdirSync(join(folder, '..'), { recursive: true });
  const draft = mkdtempSync(`${folder}-`);
  const options = ['install', '--quiet', '--only-binary', ':all:', '--target', draft, `uv==${version}`];
  execFileSync('python3', ['-m', 'pip', ...options], { stdio: ['ignore', 'ignore', 'inherit'] });
  renameSync(draft, folder);
  return join(folder, 'bin/uv');
};

let index: LocalIndex;
useFreshCache();
beforeAll(async () => {
  index = await startIndex([
    { name: 'alpha', version: '1.0' },
    { name: 'alpha', version: '2.0', requires: ['beta'] },
    { name: 'beta', version: '1.0' },
    { name: 'gamma', version: '1.0', extras: ['x'], requires: ['beta; extra == "x"'] },
    { name: 'source', version: '1.0', kind: 'sdist' },
    { name: 'other-python', version: '1.0', tags: 'cp312-cp312-manylinux_2_17_x86_64' },
    { name: 'other-system', version: '1.0', tags: 'cp313-cp313-win_amd64' },
    { name: 'undated', version: '1.0', uploaded: null },
  ]);
});
afterEach(() => index.plant('/beta/', undefined));
afterAll(() => index.close());

const resolve = (...requires: string[]) => resolveCell(cellFacts(index.url, { requires }));

describe.each(releases)('uv %s', (version) => {
  beforeEach(() => void (process.env['CI_CACHE_UV'] = installed(version)));

  it('is what it is taken for, and proven', () => {
    expect(resolverHere()).toBe(`uv ${version}`);
    expect(isProven(resolverHere())).toBe(true);
    expect(unprovenWarning(resolverHere())).toBeUndefined();
  });

  it('says which page was refused', async () => {
    index.plant('/beta/', status(403));
    await expect(resolve('alpha')).rejects.toThrow('403 Forbidden, so its view is not whole');
  });

  it('says which package has no wheel', async () => {
    await expect(resolve('source')).rejects.toMatchObject({ data: { withoutWheels: ['source'] } });
  });

  it.each(['other-python', 'other-system'])('says which package has wheels for others alone: %s', async (name) => {
    await expect(resolve(name)).rejects.toMatchObject({ data: { withoutWheels: [name] } });
  });

  it('says which file has no upload time', async () => {
    await expect(resolve('undated')).rejects.toThrow(/undated-1\.0-py3-none-any\.whl has no upload time/);
  });

  it('says which extra is missing', async () => {
    await expect(resolve('gamma[gone]')).rejects.toThrow(
      'core.in asks for gamma[gone], and gamma==1.0 has no such extra',
    );
  });
});

describe('a resolver of unknown words', () => {
  let folder: string;

  /** The real one, which says another version and nothing else. */
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'nx-ci-cache-uv-'));
    const uv = process.env['CI_CACHE_UV'] || 'uv';
    const silent = `if [ "$1" = --version ]; then echo 'uv 0.99.0 (a test)'; else exec '${uv}' "$@" 2>/dev/null; fi`;
    writeFileSync(join(folder, 'uv'), `#!/bin/sh\n${silent}\n`);
    chmodSync(join(folder, 'uv'), 0o755);
    process.env['CI_CACHE_UV'] = join(folder, 'uv');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('gives the same pins, and is named in a warning', async () => {
    const { text, warnings } = await resolve('alpha', 'gamma[x]');
    expect(pinLines(text)).toEqual(['alpha==2.0', 'beta==1.0', 'gamma==1.0']);
    expect(warnings).toEqual([expect.stringContaining('uv 0.99.0 is newer than the releases this plugin was tested')]);
  });

  it('does not hide a page that was refused', async () => {
    index.plant('/beta/', status(403));
    await expect(resolve('beta')).rejects.toThrow(/the index default: .*\/beta\/ answered 403/);
  });

  it('does not hide a file without upload time', async () => {
    await expect(resolve('undated')).rejects.toThrow(/undated-1\.0-py3-none-any\.whl has no upload time/);
  });

  it('does not hide an extra that adds nothing', async () => {
    const { warnings } = await resolve('gamma[gone]');
    expect(warnings).toContain('core.in asks for gamma[gone], which adds nothing: gamma==1.0 may have no such extra');
  });
});
