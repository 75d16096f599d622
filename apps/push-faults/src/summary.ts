/** What a sweep found, in the words of its promise. */
import type { Injection } from './inject';
import type { Problem } from './judge';

/** Where the sweep leaves it for whoever ran it, relative to the repository. */
export const faultSummary = 'dist/test/faults.txt';

const count = (injections: readonly Injection[], problem: Problem): number =>
  injections.filter(({ findings }) => findings.some((each) => each.problem === problem)).length;

/** Faults that verifiably happened, and what they did. */
export const summary = (all: readonly Injection[]): string[] => {
  const fired = all.filter((each) => each.fired);
  const locks = fired.filter((each) => each.locks > 0).length;
  const other = count(all, 'other');
  return [
    `${all.length - fired.length} drawn faults did not happen and are not counted`,
    `${locks} stale ref locks left by the server's death, each named with its remedy`,
    `${count(all, 'late')} ended later than deadline + 5 s, on a machine that may be busy`,
    `${other} broke another promise (ending, folders)`,
    `${fired.length} faults injected, ${count(all, 'lost')} lost, ${count(all, 'false success')} false successes, ` +
      `${count(all, 'manual repair')} manual repairs, ${count(all, 'left-over process')} left-over processes`,
  ];
};

/** One line for each promise that was broken, with what it takes to see it again. */
export const failures = (all: readonly Injection[], apartFrom: readonly Problem[] = []): string[] =>
  all.flatMap(({ kind, seed, at, ending, findings }) =>
    findings
      .filter(({ problem }) => !apartFrom.includes(problem))
      .map(({ problem, text }) => `${problem}: ${kind} [${seed}] at ${at}, ended ${ending}\n    ${text}`),
  );
