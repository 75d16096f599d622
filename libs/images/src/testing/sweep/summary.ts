/** What a sweep found, in the words of its promise. */
import type { Injection, Problem } from './inject';

export const summary = (all: readonly Injection[]): string => {
  const fired = all.filter((each) => each.fired);
  const count = (problem: Problem) =>
    fired.filter(({ problems }) => problems.some((each) => each.problem === problem)).length;
  return (
    `${fired.length} of ${all.length} image faults injected, ${count('lost')} lost, ` +
    `${count('false success')} false successes, ${count('manual repair')} manual repairs, ` +
    `${count('left-over process')} left-over processes, ${count('needless rebuild')} needless rebuilds, ` +
    `${count('late')} later than limit + 5 s`
  );
};

export const failures = (all: readonly Injection[]): string[] =>
  all.flatMap(({ name, ending, problems }) =>
    problems.map(({ problem, text }) => `${problem}: ${name}, ended ${ending}: ${text}`),
  );
