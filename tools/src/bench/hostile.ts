/** Benchmark: generated hostile branch names, URLs, file names and lines, and whether one of them got through: hostile [count] [seed]. */
import fc from 'fast-check';
import { properties } from '@nx-ci-cache/push-faults/src/hostile';
import { timed } from './measure';

const [count = '100000', seed = '5'] = process.argv.slice(2);

const main = async (): Promise<void> => {
  const all = Object.entries(properties);
  const numRuns = Math.ceil(Number(count) / all.length);
  let failed = 0;
  for (const [name, property] of all) {
    let found: fc.RunDetails<unknown> | undefined;
    const seconds = await timed(async () => {
      found = fc.check(property as fc.IPropertyWithHooks<unknown>, { numRuns, seed: Number(seed) }) as typeof found;
    });
    if (found?.failed) failed += 1;
    const counterexample = found?.failed ? `, got through: ${JSON.stringify(found.counterexample)}` : '';
    console.log(`${name}: ${found?.numRuns} generated in ${seconds.toFixed(1)} s${counterexample}`);
    if (found?.failed) console.log(String(found.errorInstance));
  }
  console.log(`${numRuns * all.length} generated, ${failed} properties broken`);
  process.exitCode = failed === 0 ? 0 : 1;
};

void main();
