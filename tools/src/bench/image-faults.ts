/** Every fault that a build and its publishing may meet, once. */
import { cases } from '@nx-ci-cache/images/src/testing/sweep/cases';
import { inject, type Injection } from '@nx-ci-cache/images/src/testing/sweep/inject';
import { failures, summary } from '@nx-ci-cache/images/src/testing/sweep/summary';
import { startSweep } from '@nx-ci-cache/images/src/testing/sweep/sweep';

export const imageFaults = async (): Promise<void> => {
  const sweep = await startSweep();
  const all: Injection[] = [];
  try {
    for (const each of cases) {
      const started = Date.now();
      const injection = await inject(sweep, each);
      all.push(injection);
      const seconds = ((Date.now() - started) / 1000).toFixed(0);
      console.log(`${each.name}: ${injection.fired ? injection.ending : 'did not happen'} (${seconds} s)`);
      for (const line of failures([injection])) console.log(`  ${line}`);
    }
  } finally {
    await sweep.stop();
  }
  console.log(summary(all));
  if (failures(all).length > 0 || all.some(({ fired }) => !fired)) process.exitCode = 1;
};
