/** Benchmark: staging a context of 2 GB in 50,000 files for two legs at once, against git archive unpacked once. */
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testWorkspace } from '@nx-ci-cache/git/src/testing/workspace';
import { readLegSources, stageLeg, withSharedContexts, type LegFacts } from '@nx-ci-cache/images';
import { testSpec } from '@nx-ci-cache/images/src/testing/leg';

const mebibyte = 1024 * 1024;
const [large, small, smallBytes] = [8, 50_000, 10_500];

/** Random bytes: what compresses well would be staged faster than what people have. */
const makeContext = (root: string): void => {
  for (let at = 0; at < large; at += 1) writeFileSync(join(root, `large-${at}`), randomBytes(190 * mebibyte));
  for (let at = 0; at < small; at += 1) {
    const folder = join(root, `small/${at % 200}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, String(at)), randomBytes(smallBytes));
  }
};

const peakMebibytes = (): number =>
  Number(/VmHWM:\s*(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1024;
/** What made the context is not what stages it. */
const forgetPeak = (): void => writeFileSync('/proc/self/clear_refs', '5');
const secondsSince = (start: number): string => `${((Date.now() - start) / 1000).toFixed(1)} s`;

const main = async (): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'nx-ci-cache-bench-'));
  const { root, git, commit } = testWorkspace();
  try {
    for (const [key, value] of [
      ['core.compression', '1'],
      ['gc.auto', '0'],
    ] as const)
      git('config', key, value);
    makeContext(root);
    const source = commit({ Dockerfile: 'FROM scratch\n' });
    rmSync(join(root, 'small'), { recursive: true });
    const spec = testSpec({ context: '.', dockerfile: 'Dockerfile', bases: {} });
    const unpacked = Date.now();
    execFileSync('sh', ['-c', 'git archive HEAD | tar -x -C "$1"', 'sh', folder], { cwd: root });
    console.log(`git archive, unpacked: ${secondsSince(unpacked)}`);
    await withSharedContexts(async (shared) => {
      const facts: LegFacts = { spec, source, constraints: {}, bases: {}, allowDirty: true, shared };
      forgetPeak();
      const [before, started] = [peakMebibytes(), Date.now()];
      const leg = async (name: string) => stageLeg(facts, await readLegSources(facts), join(folder, name));
      await Promise.all([leg('one'), leg('two')]);
      const grown = (peakMebibytes() - before).toFixed(0);
      console.log(`read and staged for two legs: ${secondsSince(started)}, ${grown} MiB above the start`);
    });
  } finally {
    for (const made of [root, folder]) rmSync(made, { recursive: true, force: true });
  }
};

void main();
