/** The packed plugin in a real workspace, made once: each world of an nx run is a checkout of it, its cell in Nx's cache. */
import { cpSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { startIndex } from '@nx-ci-cache/constraints/src/testing/local-index';
import { makeTemplate } from '@nx-ci-cache/e2e/src/support/template';
import { Workspace } from '@nx-ci-cache/e2e/src/support/workspace';
import { down, up } from '@nx-ci-cache/testbed';

export interface NxTemplate {
  /** What a run publishes: the same in each world. */
  readonly text: string;
  readonly env: Readonly<Record<string, string>>;
  /** A checkout with Nx caches of its own. */
  readonly checkout: () => Promise<Workspace>;
  readonly close: () => Promise<void>;
}

const config = (index: string) => ({
  pythons: ['3.11'],
  index: { url: index },
  constraints: { modes: { a: { requirements: [{ inline: ['one', 'two'] }] } } },
  push: { remote: '{env.CI_CACHE_REMOTE}', branches: [{ from: 'main', to: 'constraints-main' }], gates: ['app:gate'] },
});

const gate = "require('node:fs').readFileSync('dist/app/constraints-3.11/a-3.11.txt');\n";

/** @param sources checkout whose commits come before the workspace's own, as the branch was published from them. */
export const makeNxTemplate = async (folder: string, sources: string): Promise<NxTemplate> => {
  // Where workspaces of tests look for what they share.
  mkdirSync(folder);
  process.env['E2E_FOLDER'] = folder;
  const stack = join(folder, 'stack');
  await up(stack, { parts: [] });
  await makeTemplate(join(folder, 'template'));
  const index = await startIndex([
    { name: 'one', version: '2.0' },
    { name: 'two', version: '1.0' },
  ]);
  const workspace = await Workspace.create();
  workspace.write({ 'app/ci-cache.json': JSON.stringify(config(index.url)), 'app/gate.js': gate });
  await workspace.git('fetch', '--quiet', sources, 'main');
  await workspace.git('reset', '--quiet', '--soft', 'FETCH_HEAD');
  await workspace.commit('The packed plugin');
  const env = { CI_CACHE_CUTOFF: '2026-05-01T00:00:00Z' };
  const { exitCode, all } = await workspace.run('generate-constraints', env);
  if (exitCode !== 0) throw new Error(all);
  return {
    text: workspace.read('dist/app/constraints-3.11/a-3.11.txt'),
    env,
    checkout: async () => {
      const checkout = await workspace.checkoutElsewhere();
      for (const name of ['nx-cache', 'nx-data']) {
        cpSync(join(dirname(workspace.folder), name), join(dirname(checkout.folder), name), { recursive: true });
      }
      return checkout;
    },
    close: async () => {
      await index.close();
      await down(stack, { purge: true });
    },
  };
};
