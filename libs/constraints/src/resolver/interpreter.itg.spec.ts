/** The resolver and the Python under it are this machine's: neither may change an answer without being a fact of it. */
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '@nx-ci-cache/process';
import { observeSdistPython } from './interpreter';
import { resolveCell } from '../cell/resolve';
import { cellFacts, pinLines, useFreshCache } from '../testing/cell';
import { startIndex, type LocalIndex } from '../testing/local-index';
import { findPythonCommand } from './uv';

describe('a cell on a machine', () => {
  useFreshCache();
  let index: LocalIndex;
  let bin: string;
  beforeAll(async () => {
    index = await startIndex([{ name: 'alpha', version: '1.0' }]);
  });
  beforeEach(async () => {
    bin = await mkdtemp(join(tmpdir(), 'nx-ci-cache-bin-'));
  });
  afterEach(() => rm(bin, { recursive: true, force: true }));
  afterAll(() => index.close());

  const resolve = (resolver?: string) =>
    resolveCell(cellFacts(index.url, { requires: ['alpha'], ...(resolver === undefined ? {} : { resolver }) }));

  it('with another resolver than the snapshot saw is refused', async () => {
    await expect(resolve('uv 9.9.9')).rejects.toMatchObject({
      message: expect.stringMatching(/^uv \d+\.\d+\.\d+ is on this machine, and the snapshot saw uv 9\.9\.9/),
      remedy: expect.stringContaining('install uv 9.9.9 here'),
    });
  });

  it('without any Python says so', async () => {
    process.env['PATH'] = bin;
    await expect(resolve()).rejects.toMatchObject({
      message: 'no Python was found on this machine, and the resolver runs under one',
    });
  });

  it('passes over a free-threaded Python, which takes other wheels', async () => {
    const version = await observeSdistPython('3.14');
    const { stdout } = await run({ ...findPythonCommand(version), args: ['python', 'find', '--no-config', version] });
    const words = [
      's/"gil_disabled": *false/"gil_disabled": true/',
      `s/${version}/3.14.5/g`,
      's/"python_version": *"[0-9.]*"/"python_version": "3.14"/',
    ];
    const script = [
      '#!/bin/sh',
      `out=$(${stdout.trim()} "$@") || exit`,
      `printf '%s\\n' "$out" | sed '${words.join(';')}'`,
      '',
    ];
    await writeFile(join(bin, 'python3.14'), script.join('\n'));
    await chmod(join(bin, 'python3.14'), 0o755);
    process.env['PATH'] = `${bin}:${process.env['PATH']}`;

    const wheel = (file: string, version: string) => ({
      file,
      metadata: `Metadata-Version: 2.1\nName: n\nVersion: ${version}\n`,
    });
    const wheels = [wheel('n-1-py3-none-any.whl', '1'), wheel('n-2-cp314-cp314-manylinux_2_17_x86_64.whl', '2')];
    const facts = cellFacts(index.url, { requires: ['n'], python: '3.14', wheels });
    expect((await run(findPythonCommand('3.14'))).stdout).toMatch(/^3\.14\.5/);
    expect(pinLines((await resolveCell(facts)).text)).toEqual(['n==2']);
  });
});
