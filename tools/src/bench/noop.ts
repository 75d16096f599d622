/** Benchmark: what a refresh costs when nothing changed, from the packed plugin, against a cached target that does nothing. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeTemplate } from '@nx-ci-cache/e2e/src/support/template';
import { Workspace } from '@nx-ci-cache/e2e/src/support/workspace';
import { down, up } from '@nx-ci-cache/testbed';
import { measuredTable, sideBySide } from './measure';

const rounds = Number(process.argv[2] ?? 5);

const main = async (): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'nx-ci-cache-bench-'));
  process.env['E2E_FOLDER'] = folder;
  try {
    await up(join(folder, 'stack'));
    await makeTemplate(join(folder, 'template'));
    const workspace = await Workspace.create();
    workspace.write({
      'idle/project.json': JSON.stringify({ name: 'idle', targets: { noop: { command: 'true', cache: true } } }),
    });
    await workspace.commit('a target that does nothing');
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
