/** Benchmark: what the proof of a leg costs above its build, and what two nodes save: images [rounds]. */
import { oneLeg } from './images/one-leg';
import { twoNodes } from './images/two-nodes';

const rounds = Number(process.argv[2] ?? 5);

const main = async (): Promise<void> => {
  console.log(['', 'min / median / max', ...(await oneLeg(rounds))].join('\n'));
  console.log(['', 'min / median / max', ...(await twoNodes(rounds))].join('\n'));
};

void main();
