/** Benchmark: planning 200 legs with one context that no registry knows yet, against one look at the registry for each. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mapConcurrently } from '@nx-ci-cache/process';
import { makeManyLegs, manyLegs } from 'nx-ci-cache/src/testing/many-legs';
import { down, stackEnv, up } from '@nx-ci-cache/testbed';
import { measuredTable, sideBySide } from './measure';

const rounds = Number(process.argv[2] ?? 5);

const main = async (): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'nx-ci-cache-bench-'));
  await up(folder, { parts: ['registry'] });
  const host = stackEnv(folder)['CI_CACHE_REGISTRY'] ?? '';
  const { workspace, plan } = await makeManyLegs(host);
  const look = (leg: number) => fetch(`http://${host}/v2/acme/none/manifests/${leg}`).then((answer) => answer.text());
  try {
    const measured = await sideBySide(
      [
        {
          name: `${manyLegs} round trips, 8 at once`,
          run: () => mapConcurrently([...Array(manyLegs).keys()], 8, look),
        },
        { name: `plan of ${manyLegs} legs`, run: plan },
      ],
      rounds,
    );
    console.log(['', 'min / median / max', ...measuredTable(measured)].join('\n'));
  } finally {
    rmSync(workspace.root, { recursive: true, force: true });
    await down(folder, { purge: true });
  }
};

void main();
