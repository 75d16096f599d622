/** Benchmark: faults injected into real pushes and, of kind `images`, into builds, and what became of them: faults [count] [seed] [kind]. */
import { kinds } from '@nx-ci-cache/push-faults/src/kinds';
import { failures, summary } from '@nx-ci-cache/push-faults/src/summary';
import { shares, sweepKind, withTemplate } from '@nx-ci-cache/push-faults/src/sweep';
import type { Injection } from '@nx-ci-cache/push-faults/src/inject';
import { imageFaults } from './image-faults';

const [count = '2000', seed = 'bench', only = ''] = process.argv.slice(2);

const pushFaults = (): Promise<void> =>
  withTemplate(async (template) => {
    const all: Injection[] = [];
    const wanted = kinds.filter(({ name }) => name.includes(only));
    for (const [kind, share] of shares(wanted, Number(count))) {
      const started = Date.now();
      const injections = await sweepKind(template, kind, share, seed);
      all.push(...injections);
      const endings = [...new Set(injections.map(({ ending }) => ending))];
      const ended = endings.map((each) => `${injections.filter(({ ending }) => ending === each).length} ${each}`);
      const happened = injections.filter(({ fired }) => fired).length;
      const seconds = ((Date.now() - started) / 1000).toFixed(0);
      console.log(`${kind.name}: ${happened} of ${injections.length} drawn, ${ended.join(', ')} (${seconds} s)`);
      for (const line of failures(injections)) console.log(`  ${line}`);
    }
    console.log(summary(all).join('\n'));
    if (failures(all).length > 0) process.exitCode = 1;
  });

const main = async (): Promise<void> => {
  if (only !== 'images') await pushFaults();
  if (only === '' || only === 'images') await imageFaults();
};

void main();
