import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Checked } from './checks';
import { brokenLinks } from './links';
import { root } from './places';

describe('the published package', () => {
  let home: string;
  let checked: Checked;

  beforeAll(() => {
    // Inside the repository: the peer is found there, as in a workspace.
    mkdirSync(join(root, 'dist'), { recursive: true });
    home = mkdtempSync(join(root, 'dist/package-'));
    const answer = execFileSync(
      process.execPath,
      ['--require', '@swc-node/register', join(__dirname, 'checks.ts'), home],
      { cwd: root, env: { ...process.env, TS_NODE_PROJECT: join(root, 'tsconfig.base.json') } },
    );
    checked = JSON.parse(String(answer));
  });

  afterAll(() => rmSync(home, { recursive: true, force: true }));

  it('is what publint and arethetypeswrong ask of a package', () => {
    expect([checked.publint, checked.types]).toEqual([[], []]);
  });

  it('hands Nx a function for every entry of its lists', () => {
    expect(checked.unloadable).toEqual([]);
  });

  it('is small', () => {
    expect(checked.packedBytes).toBeLessThanOrEqual(800_000);
    expect(checked.unpackedBytes).toBeLessThanOrEqual(3_000_000);
  });

  it('has the surface that was reviewed: after a change run tools/surface and read what it changes', () => {
    expect(checked.surface).toBe(readFileSync(join(__dirname, '../surface.txt'), 'utf8'));
  });

  it('links to nothing that is not there', () => {
    expect(brokenLinks(checked.folder)).toEqual([]);
  });

  it('says whose code it contains', () => {
    const text = readFileSync(join(checked.folder, 'THIRD-PARTY.md'), 'utf8');
    const titles = [...text.matchAll(/^## (.*) \d.*$/gm)].map(([, name]) => name);
    expect(titles).toEqual(expect.arrayContaining(['ajv', 'simple-git', 'smol-toml']));
    expect(titles).not.toContain('@nx/devkit');
  });
});
