/**
 * Benchmark: the refresh of the example beside the script that a person writes for it, each with stack, home and caches of
 * its own and packages from a loopback index: end-to-end [rounds].
 */
import { mkdirSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { makeTemplate } from '@nx-ci-cache/e2e/src/support/template';
import { cutoffAt, observeDefaultIndex } from '@nx-ci-cache/constraints';
import { byHand, byPlugin, type Contender, type Surroundings } from './end-to-end/contenders';
import { startMirror } from './end-to-end/mirror';
import { measuredTable, timed } from './measure';

const rounds = Number(process.argv[2] ?? 5);

/** Each begins where the one before it ended. */
const cases: readonly (readonly [string, (contender: Contender) => Promise<void>])[] = [
  ['first run', async () => undefined],
  ['nothing changed', async () => undefined],
  ['nothing changed, empty nodes', ({ emptyNodes }) => emptyNodes()],
  [
    'one provider swapped, empty nodes',
    async ({ swapProvider, emptyNodes }) => {
      await swapProvider();
      await emptyNodes();
    },
  ],
];

const main = async (): Promise<void> => {
  const cache = join(homedir(), '.cache/nx-ci-cache/bench');
  const folder = join(cache, `run-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  const mirror = await startMirror(await observeDefaultIndex(), join(cache, 'packages'));
  try {
    const template = join(folder, 'template');
    await makeTemplate(template);
    const cutoff = cutoffAt(new Date(), { settleSeconds: 3600, windowSeconds: 86_400 });
    const surroundings = { folder, template, index: mirror.url, cutoff };
    const seconds = new Map<string, Map<string, number[]>>();
    // The first round fills the mirror and is not counted.
    for (let round = 0; round <= rounds; round += 1) {
      for (const make of [byHand, byPlugin]) await measure(make, surroundings, round === 0 ? new Map() : seconds);
      for (const [name, contenders] of seconds) console.log(['', name, ...tableOf(contenders)].join('\n'));
    }
  } finally {
    await mirror.close();
    rmSync(folder, { recursive: true, force: true });
  }
};

const measure = async (
  make: (surroundings: Surroundings) => Promise<Contender>,
  surroundings: Surroundings,
  into: Map<string, Map<string, number[]>>,
): Promise<void> => {
  const contender = await make(surroundings);
  try {
    for (const [name, prepare] of cases) {
      await prepare(contender);
      const of = into.get(name) ?? new Map<string, number[]>();
      into.set(name, of.set(contender.name, [...(of.get(contender.name) ?? []), await timed(contender.refresh)]));
    }
  } finally {
    await contender.end();
  }
};

const tableOf = (contenders: ReadonlyMap<string, readonly number[]>): string[] =>
  measuredTable(
    [...contenders].map(([name, seconds]) => ({ name, seconds: [...seconds].sort((left, right) => left - right) })),
  );

void main();
