/** Runs every suite, or those named as arguments, also after one failed, and ends with the sum alone on a line. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { jestCounts, suiteCounts, sum, type Counts, type JestResults } from './counts';
import { suites, type Suite } from './suites';

const readCounts = ({ results }: Suite): Counts | undefined => {
  if (results === undefined) return undefined;
  try {
    return jestCounts(JSON.parse(readFileSync(results, 'utf8')) as JestResults);
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
};

const runSuite = (suite: Suite): { counts: Counts; line: string } => {
  const { name, budgetMinutes, command, results, summary } = suite;
  const [file, ...args] = command;
  console.log(`\n=== ${name}`);
  for (const file of [results, summary]) if (file !== undefined) rmSync(file, { force: true });
  const started = Date.now();
  const { status } = spawnSync(file, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  const counts = suiteCounts(status ?? 1, readCounts(suite));
  const minutes = ((Date.now() - started) / 60_000).toFixed(1);
  const { passed, failed, skipped } = counts;
  return {
    counts,
    line: `${name}: ${passed} passed, ${failed} failed, ${skipped} skipped in ${minutes} min (budget ${budgetMinutes} min)`,
  };
};

mkdirSync('dist/test', { recursive: true });
const seed = (process.env['FAULTS_SEED'] ??= new Date().toISOString().slice(0, 10));
const named = process.argv.slice(2);
const unknown = named.filter((name) => suites.every((suite) => suite.name !== name));
if (unknown.length > 0) {
  console.error(
    `tools/test: unknown suite '${unknown.join(' ')}'; allowed: ${suites.map(({ name }) => name).join(' ')}`,
  );
  process.exit(2);
}
const ran = suites.filter(({ name }) => named.length === 0 || named.includes(name));
const done = ran.map(runSuite);
const { passed, failed, skipped } = sum(done.map(({ counts }) => counts));
console.log(`\n${done.map(({ line }) => line).join('\n')}\n`);
for (const { summary } of ran)
  if (summary !== undefined && existsSync(summary)) console.log(readFileSync(summary, 'utf8'));
console.log(`Samples drawn by FAULTS_SEED=${seed}; tools/bench whole takes all\n`);
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed === 0 ? 0 : 1;
