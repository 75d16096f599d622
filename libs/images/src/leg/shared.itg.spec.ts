/** Legs of one process share what they have in common: it is read once, staged once, and gone with them. */
import { existsSync, lstatSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { TreeEntry } from '@nx-ci-cache/git';
import { testWorkspace } from '@nx-ci-cache/git/src/testing/workspace';
import { inPrivateFolder } from '@nx-ci-cache/process';
import { testSpec } from '../testing/leg';
import type { StagedBuild } from './arguments';
import { readLegSources, stageLeg, withSharedContexts, type LegFacts, type SharedContexts } from './sources';

const { commit, root } = testWorkspace();
afterAll(() => rmSync(root, { recursive: true, force: true }));

const files = { 'app/Dockerfile': 'FROM scratch\nCOPY a /\n', 'app/a': 'a\n', 'lib/b': 'b\n' };
const constraints = { 'constraints-3.11.txt': 'six==1\n', 'constraints-3.13.txt': 'six==2\n' };
const source = commit(files);

const legOf = (python: string, shared?: SharedContexts): LegFacts => ({
  ...{ source, constraints, bases: {} },
  spec: testSpec({
    bases: {},
    contexts: { lib: 'lib' },
    python,
    constraintFiles: { [`constraints-${python}.txt`]: `constraints-${python}.txt` },
  }),
  ...(shared === undefined ? {} : { shared }),
});
/** The build lasts as long as the folder of what is its own. */
const staging = <Value>(leg: LegFacts, build: (staged: StagedBuild) => Promise<Value>): Promise<Value> =>
  inPrivateFolder('ci-cache-image-', async (folder) => build(await stageLeg(leg, await readLegSources(leg), folder)));
const inodes = ({ context, contexts }: StagedBuild) =>
  [join(context, 'a'), join(String(contexts['lib']), 'b')].map((path) => lstatSync(path).ino);

it('stages for legs at once and one after the other a single time', async () => {
  const [first, ...others] = await withSharedContexts(async (shared) => {
    const read = async (python: string) =>
      staging(legOf(python, shared), async (staged) => ({ ...staged, files: inodes(staged) }));
    const atOnce = await Promise.all(['3.11', '3.13'].map(read));
    return [...atOnce, await read('3.11')];
  });
  expect(others).toHaveLength(2);
  for (const { context, contexts, files } of others)
    expect([context, contexts, files]).toEqual([first?.context, first?.contexts, first?.files]);
  expect(others[0]?.constraints.split('/').at(-1)).not.toBe(first?.constraints.split('/').at(-1));
  expect(existsSync(String(first?.context))).toBe(false);
});

it('stages for a leg alone in its own folder', async () => {
  await staging(legOf('3.11'), async ({ context, dockerfile }) => {
    expect(join(context, '..')).toBe(join(dockerfile, '../..'));
  });
});

it('begins anew after an attempt that failed', () =>
  withSharedContexts(async (shared) => {
    const leg = legOf('3.11', shared);
    const { context } = await readLegSources(leg);
    const nowhere: TreeEntry = { mode: '100644', type: 'blob', oid: '0'.repeat(40), path: 'x' };
    const part = { source, folder: 'app', at: '', files: [...context.files, nowhere] };
    await expect(shared.stage({ ...context, parts: [part] })).rejects.toMatchObject({ code: 'CommandFailed' });
    const staged = await shared.stage(context);
    expect(existsSync(join(staged, 'a'))).toBe(true);
    expect(existsSync(join(staged, 'x'))).toBe(false);
  }));
