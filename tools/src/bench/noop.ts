/**
 * Benchmark: what a refresh costs when nothing changed, from the packed plugin, against a cached target that does nothing,
 * and against as many uncached steps one after the other whose executors do nothing: what is above those is ours, the rest is Nx's.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeTemplate } from '@nx-ci-cache/e2e/src/support/template';
import { Workspace } from '@nx-ci-cache/e2e/src/support/workspace';
import { down, up } from '@nx-ci-cache/testbed';
import { measuredTable, sideBySide } from './measure';

const rounds = Number(process.argv[2] ?? 5);

/** The uncached steps of a refresh with nothing changed, each behind the one before. */
const STEPS = ['snapshot', 'push', 'plan', 'refresh'];

const idle = {
  name: 'idle',
  targets: {
    noop: { command: 'true', cache: true },
    ...Object.fromEntries(
      STEPS.map((step, i) => [
        step,
        { executor: './idle:nothing', cache: false, dependsOn: STEPS.slice(Math.max(0, i - 1), i) },
      ]),
    ),
  },
};

const idleProject = {
  'idle/project.json': JSON.stringify(idle),
  'idle/package.json': JSON.stringify({ name: 'idle', version: '0.0.0', executors: './executors.json' }),
  'idle/executors.json': JSON.stringify({
    executors: { nothing: { implementation: './nothing.js', schema: './nothing.json' } },
  }),
  'idle/nothing.json': JSON.stringify({ $schema: 'https://json-schema.org/schema', type: 'object', properties: {} }),
  'idle/nothing.js': 'module.exports = async () => ({ success: true });',
};

const main = async (): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'nx-ci-cache-bench-'));
  process.env['E2E_FOLDER'] = folder;
  try {
    await up(join(folder, 'stack'));
    await makeTemplate(join(folder, 'template'));
    const workspace = await Workspace.create();
    workspace.write(idleProject);
    await workspace.commit('targets that do nothing');
    const run =
      (...args: string[]) =>
      async () => {
        const { exitCode, all } = await workspace.nx(['run', ...args]);
        if (exitCode !== 0) throw new Error(all);
      };
    await run('app:refresh')();
    const measured = await sideBySide(
      [
        { name: 'cached no-op target', run: run('idle:noop') },
        { name: `${STEPS.length} uncached steps that do nothing`, run: run('idle:refresh') },
        { name: 'refresh, nothing changed', run: run('app:refresh') },
      ],
      rounds,
    );
    console.log(['', 'min / median / max', ...measuredTable(measured)].join('\n'));
  } finally {
    await down(join(folder, 'stack'), { purge: true });
  }
};

void main();
