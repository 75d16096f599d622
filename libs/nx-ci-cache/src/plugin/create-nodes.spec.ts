import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createNodes } from './create-nodes';

let workspaceRoot: string;
beforeEach(() => {
  workspaceRoot = mkdtempSync(join(tmpdir(), 'create-nodes-'));
});
afterEach(() => rmSync(workspaceRoot, { recursive: true }));

const write = (root: string, mode: string, to: string): string => {
  const config = {
    pythons: ['3.13'],
    constraints: { modes: { [mode]: { requirements: ['all.in'] } } },
    push: { branches: [{ from: 'main', to }] },
  };
  mkdirSync(join(workspaceRoot, root), { recursive: true });
  writeFileSync(join(workspaceRoot, root, 'ci-cache.json'), JSON.stringify(config));
  return join(root, 'ci-cache.json');
};

const infer = async (files: readonly string[]) =>
  createNodes[1](files, undefined, { workspaceRoot, nxJsonConfiguration: {} });

it('gives each project its targets', async () => {
  const files = [write('apps/a', 'core', 'constraints-main'), write('apps/b', 'other', 'constraints-main')];
  const projects = (await infer(files)).map(([file, { projects }]) => [file, Object.keys(projects ?? {})]);
  expect(projects).toEqual([
    ['apps/a/ci-cache.json', ['apps/a']],
    ['apps/b/ci-cache.json', ['apps/b']],
  ]);
});

it('refuses the second of two projects that write one file to one branch, in whatever order they come', async () => {
  const files = [write('apps/b', 'core', 'constraints-main'), write('apps/a', 'core', 'constraints-$1')];
  const failure: unknown = await infer(files).catch((error: unknown) => error);
  const { errors } = failure as { errors: [string, Error][] };
  expect(errors.map(([file]) => file)).toEqual(['apps/b/ci-cache.json']);
  expect(errors[0]?.[1].message).toMatch(/both write core-3\.13\.txt there[^]*→ /);
});
