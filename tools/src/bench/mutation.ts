/** Benchmark: how many deliberate mistakes in what decides about a push the unit tests notice; survivors are listed. */
import { spawnSync } from 'node:child_process';

const { status } = spawnSync(
  'npx',
  ['stryker', 'run', 'tools/src/bench/mutation/stryker.config.json', ...process.argv.slice(2)],
  { stdio: ['ignore', 'inherit', 'inherit'] },
);
process.exitCode = status ?? 1;
