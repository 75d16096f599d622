/** Many pushers at once to one branch, each with a file of its own: what became of each commit, and of the history. */
import type { PublishOutcome, PublishRequest } from '../push/request';
import { branch, type World } from './world';

export interface Race {
  readonly world: World;
  readonly publish: (changes: Partial<PublishRequest>) => Promise<PublishOutcome>;
  readonly pushers: number;
  /** Counts from 1. */
  readonly round: number;
}

export interface RaceEnd {
  readonly results: readonly string[];
  /** Attempts of all pushers together. */
  readonly attempts: number;
  /** Commits claimed that the branch does not hold, and files that say something else. */
  readonly lost: readonly string[];
  readonly commits: number;
  /** Whether no commit has more than one parent. */
  readonly isLinear: boolean;
}

export const race = async ({ world, publish, pushers, round }: Race): Promise<RaceEnd> => {
  const names = Array.from({ length: pushers }, (_, at) => `file-${at}.txt`);
  const text = (at: number) => `p==${round}.${at}`;
  const outcomes = await Promise.all(names.map((name, at) => publish({ files: { [name]: `${text(at)}\n` } })));
  const history = world.remoteGit('rev-list', '--parents', branch).split('\n');
  const held = new Set(history.map((line) => line.split(' ')[0]));
  const claimed = outcomes.map(({ newCommit }) => String(newCommit));
  return {
    results: outcomes.map(({ result }) => result),
    attempts: outcomes.reduce((sum, { attempts }) => sum + attempts, 0),
    lost: [
      ...claimed.filter((commit) => !held.has(commit)),
      ...names.filter((name, at) => world.show(name) !== text(at)),
    ],
    commits: history.length,
    isLinear: history.every((line) => line.split(' ').length <= 2),
  };
};
