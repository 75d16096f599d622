import { readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, hang } from '@nx-ci-cache/constraints/src/testing/faults';
import { startIndex, type LocalIndex } from '@nx-ci-cache/constraints/src/testing/local-index';
import type { FailureRecord } from '@nx-ci-cache/records';
import { cellWorkspace, factsPath, factsText, outputFolder, startExecutor } from './process.testing';

describe('generate-constraints as a process', () => {
  let index: LocalIndex;
  const roots: string[] = [];

  const workspace = async (requires = 'alpha\n', more: Parameters<typeof factsText>[0] = {}) => {
    const requirements = [{ path: 'core.in', text: requires }];
    const root = await cellWorkspace(factsText({ indexUrl: index.url, requirements, ...more }));
    roots.push(root);
    return root;
  };
  const cache = (root: string) => ({ UV_CACHE_DIR: join(root, 'uv-cache') });
  const outputs = (root: string) => readdir(join(root, outputFolder)).catch(() => []);
  /** What failed says, when nothing else is there. */
  const failure = async (root: string) => {
    expect(await outputs(root)).toEqual(['core-3.13.json']);
    const record = JSON.parse(await readFile(join(root, outputFolder, 'core-3.13.json'), 'utf8')) as FailureRecord;
    return record.error;
  };
  /** When and in which run it was made is all that differs. */
  const bytes = async (root: string) => {
    const [text = '', record = ''] = await Promise.all(
      ['core-3.13.txt', 'core-3.13.json'].map((file) => readFile(join(root, outputFolder, file), 'utf8')),
    );
    return { text, record: JSON.stringify({ ...(JSON.parse(record) as object), made: undefined }) };
  };

  beforeEach(async () => {
    index = await startIndex([
      { name: 'alpha', version: '1.0', requires: ['beta', 'gamma', 'late; python_full_version > "3.13.0"'] },
      { name: 'beta', version: '1.0' },
      { name: 'gamma', version: '1.0' },
      { name: 'gamma', version: '1.10' },
      { name: 'yanked', version: '1.0', yanked: '::error::\u001b[31mit deletes ##[error]things' },
    ]);
  });
  afterEach(async () => {
    await index.close();
    await Promise.all(roots.splice(0).map((root) => rm(root, { recursive: true, force: true })));
  });

  it('writes the same bytes in another folder, time zone, locale, with another cache, and beside others', async () => {
    const first = await workspace();
    const alone = await startExecutor(first, { ...cache(first), TZ: 'UTC', LC_ALL: 'C' });
    expect({ exitCode: alone.exitCode, all: alone.all }).toEqual({
      exitCode: 0,
      all: expect.stringContaining('3 pins'),
    });
    const expected = await bytes(first);

    const others = await Promise.all([workspace(), workspace(), workspace()]);
    const surroundings = [
      // Another interpreter may be found there, and none of them may matter.
      { ...cache(others[0] as string), PATH: '/usr/bin:/bin', TZ: 'Asia/Tokyo', LC_ALL: 'tr_TR.UTF-8' },
      { ...cache(first), TZ: 'America/St_Johns', LC_ALL: 'de_DE.UTF-8', UV_EXCLUDE_NEWER: '2020-01-01' },
      {
        ...cache(first),
        UV_INDEX_STRATEGY: 'unsafe-best-match',
        UV_RESOLUTION: 'lowest',
        COLUMNS: '20',
        FORCE_COLOR: '1',
      },
    ];
    const ended = await Promise.all(others.map((root, at) => startExecutor(root, surroundings[at])));
    expect(ended.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
    for (const root of others) expect(await bytes(root)).toEqual(expected);
  });

  it('tells what it leaves out of the file, and records it', async () => {
    const root = await workspace('alpha\n', { ownPackages: ['beta', 'alph*'] });
    const { all } = await startExecutor(root, cache(root));
    expect(all).toContain('left out, as made by this workspace or its image: alpha==1.0, beta==1.0');
    const { text, record } = await bytes(root);
    expect(text).toMatch(/\ngamma==1\.10\n$/);
    expect(JSON.parse(record)).toMatchObject({ pins: 1, leftOut: ['alpha==1.0', 'beta==1.0'] });
  });

  it('says what the resolver warns of and records it, harmless', async () => {
    const root = await workspace('yanked==1.0\n');
    const { all } = await startExecutor(root, cache(root));
    const warning = '`yanked==1.0` is yanked (reason: "::error::it deletes # #[error]things")';
    expect(all).toContain(`\nwarning: ${warning}`);
    expect(JSON.parse((await bytes(root)).record)).toMatchObject({ pins: 1, warnings: [warning] });
  });

  it('told to end in mid-resolve, leaves no child, no half file and no private folder', async () => {
    const root = await workspace();
    const { fault, asked } = hang();
    index.plant('/simple/beta/', fault);
    const child = startExecutor(root, cache(root));
    await Promise.race([asked, child]);
    const started = await childrenOf(child.pid as number);
    expect(started.length).toBeGreaterThan(0);
    child.kill('SIGTERM');
    expect((await child).exitCode).toBe(143);
    await Promise.all(started.map(gone));
    expect(await outputs(root)).toEqual([]);
    const folders = await readdir(tmpdir());
    expect(folders.filter((name) => name.startsWith(`nx-ci-cache-cell-${child.pid}-`))).toEqual([]);
  });

  it('refuses facts that were edited while it ran, and writes that alone', async () => {
    const root = await workspace();
    const edited = factsText({ indexUrl: index.url, requirements: [{ path: 'core.in', text: 'beta\n' }] });
    let written: Promise<void> | undefined;
    index.plant(
      '/simple/gamma/',
      before(() => void (written ??= writeFile(join(root, factsPath), edited))),
    );
    const { exitCode, all } = await startExecutor(root, cache(root));
    await written;
    expect({ exitCode, all }).toEqual({
      exitCode: 1,
      all: expect.stringContaining(`${factsPath} changed while the cell was resolved`),
    });
    expect(await failure(root)).toContain(`${factsPath} changed while the cell was resolved`);
  });

  it('without a solution, says why and writes that alone', async () => {
    const root = await workspace('alpha\ngamma<1\n');
    const { exitCode, all } = await startExecutor(root, cache(root));
    expect({ exitCode, all }).toEqual({
      exitCode: 1,
      all: expect.stringMatching(/unsatisfiable[\s\S]*→ Loosen core\.in/),
    });
    expect(await failure(root)).toMatch(/unsatisfiable[\s\S]*→ Loosen core\.in/);
    expect(await readdir(join(root, 'dist/app/logs')).catch(() => [])).toEqual([]);
  });

  it('says where a long explanation ends, and keeps the whole in a file until it runs again', async () => {
    const links = Array.from({ length: 60 }, (_none, at) => at);
    index.publish(
      ...links.map((at) => ({ name: `link-${at}`, version: '1.0', requires: [`link-${at + 1}<${at + 2}`] })),
      { name: 'link-60', version: '1.0', requires: ['gamma<1'] },
    );
    const root = await workspace('link-0\n');
    const path = 'dist/app/logs/unsolved-core-3.13.txt';
    const { all = '' } = await startExecutor(root, cache(root));
    const whole = await readFile(join(root, path), 'utf8');
    expect(whole.split('\n').length).toBeGreaterThan(30);
    expect(all).toContain(`The whole explanation, ${whole.split('\n').length - 1} lines: ${path}\n`);
    expect(all.split('\n').length).toBeLessThan(15);
    expect(all).toMatch(/It ends in what is required of .*link-0:\n/);
    expect(await failure(root)).toContain(path);
    await writeFile(join(root, factsPath), factsText({ indexUrl: index.url }));
    expect((await startExecutor(root, cache(root))).exitCode).toBe(0);
    expect(await readdir(join(root, 'dist/app/logs'))).toEqual([]);
  });
});

/** Processes whose parent, or whose parent's parent, is `pid`. */
const childrenOf = async (pid: number): Promise<readonly number[]> => {
  const all = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const parents = await Promise.all(
    all.map(async (each) => {
      const stat = await readFile(`/proc/${each}/stat`, 'utf8').catch(() => '');
      return [each, Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])] as const;
    }),
  );
  const direct = parents.filter(([, parent]) => parent === pid).map(([each]) => each);
  return [...direct, ...parents.filter(([, parent]) => direct.includes(parent)).map(([each]) => each)];
};

/** Resolves when the process has ended: an executable can be asked for only while there is one. */
const gone = async (pid: number): Promise<void> => {
  while ((await readlink(`/proc/${pid}/exe`).catch(() => '')) !== '') await new Promise(setImmediate);
};
