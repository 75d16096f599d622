/** What the index says of releases that came into a file: asked for changed names only, and never a reason to fail. */
import { mapConcurrently } from '@nx-ci-cache/process';
import type { CellFacts, ReleaseInfo } from '@nx-ci-cache/records';
import { connected, type PageReader } from '../indexes/page';
import { readProject } from '../indexes/project-pages';
import { releaseOn } from './release-page';

export interface ReleaseQuestion {
  readonly name: string;
  readonly version: string;
}

export interface ReleaseLookup {
  /** Where to look, and the cut-off ages are counted to. */
  readonly facts: CellFacts;
  readonly reader: PageReader;
  /** Milliseconds for all lookups together. Default: 60 s. */
  readonly timeoutMs?: number;
}

const oneMinute = 60_000;
const atOnce = 8;

/** `name==version`, the key of an answer. */
export const releaseKey = ({ name, version }: ReleaseQuestion): string => `${name}==${version}`;

/** An answer for every question, by `releaseKey`; where the index gave none, the answer says why. */
export const lookUpReleases = async (
  questions: readonly ReleaseQuestion[],
  { facts, reader: given, timeoutMs = oneMinute }: ReleaseLookup,
): Promise<ReadonlyMap<string, ReleaseInfo>> => {
  const reader = connected(given);
  const names = [...new Set(questions.map(({ name }) => name))];
  const answers = new Map<string, ReleaseInfo>();
  const late = { unknown: `the index did not answer within ${timeoutMs / 1000} s` };
  for (const question of questions) answers.set(releaseKey(question), late);
  const asked = mapConcurrently(names, atOnce, async (name) => {
    const read = await readProject(name, facts, reader);
    for (const question of questions.filter((each) => each.name === name)) {
      answers.set(releaseKey(question), releaseOn(read, question, facts.cutoff));
    }
  });
  await within(timeoutMs, asked);
  return new Map(answers);
};

const within = async (milliseconds: number, work: Promise<unknown>): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => (timer = setTimeout(resolve, milliseconds)));
  await Promise.race([work, limit]).finally(() => clearTimeout(timer));
};
