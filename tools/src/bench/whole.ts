/** Benchmark: the tests of which a run draws a sample, with all their cases: whole [pattern of files]. */
import { spawnSync } from 'node:child_process';

const sampled = [
  'push/races',
  'permission',
  'interrupt',
  'image-faults',
  'layouts',
  'context/ignore',
  'package-managers',
  'remote-cache',
];
const patterns = process.argv[2] ?? sampled.join('|');

const { status } = spawnSync(
  'npx',
  ['jest', '--selectProjects', 'itg', 'e2e', '--testPathPatterns', patterns, '--maxWorkers=2', '--verbose'],
  { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, SAMPLE: 'whole' } },
);
process.exitCode = status ?? 1;
