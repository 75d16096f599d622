import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { refuseClash } from './clash';
import { projectConfig } from '../configuration/project-config';

const workspaceRoot = mkdtempSync(join(tmpdir(), 'clash-'));
afterAll(() => rmSync(workspaceRoot, { recursive: true }));

const write = (root: string, text: string) => {
  mkdirSync(join(workspaceRoot, root), { recursive: true });
  writeFileSync(join(workspaceRoot, root, 'ci-cache.json'), text);
};
const config = (mode: string) =>
  JSON.stringify({
    pythons: ['3.13'],
    constraints: { modes: { [mode]: { requirements: ['all.in'] } } },
    push: { branches: [{ from: 'main', to: 'constraints-main' }] },
  });

const targets = { observe: { executor: 'nx-ci-cache:snapshot' } };
const run = (root: string) => () =>
  refuseClash({
    workspaceRoot,
    config: projectConfig(root, workspaceRoot),
    projects: {
      none: { root: 'none' },
      ...Object.fromEntries(['a', 'b', 'c', 'wrong'].map((root) => [root, { root, targets }])),
    },
  });

it('refuses the run of the later of two projects that clash, and no other', () => {
  write('a', config('core'));
  write('b', config('core'));
  write('c', config('other'));
  write('wrong', '{');
  expect(run('a')).not.toThrow();
  expect(run('b')).toThrow(/b\/ci-cache\.json: push\.branches = "constraints-main"[^]*a\/ci-cache\.json/);
  expect(run('c')).not.toThrow();
});
