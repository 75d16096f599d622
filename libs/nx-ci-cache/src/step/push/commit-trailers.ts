/** What a constraints commit says for machines: how its files were tested, by which run, and what was overridden. */
import { variableOf, type Switches } from '@nx-ci-cache/config';

export interface RunWords {
  readonly tested: string;
  readonly run: string;
  /** Page of the CI's run, when there is one. */
  readonly ciRun: string | undefined;
  readonly switches: Switches;
}

export const commitTrailers = ({ tested, run, ciRun, switches }: RunWords): Readonly<Record<string, string>> => {
  const overrides = Object.entries(switches).flatMap(overrideWords);
  return {
    Tested: tested,
    Run: run,
    ...(ciRun === undefined ? {} : { 'CI-Run': ciRun }),
    ...(overrides.length === 0 ? {} : { Overrides: overrides.join(' ') }),
  };
};

/** `cutoff` → `CI_CACHE_CUTOFF=…`; switches that are off say nothing. */
const overrideWords = ([name, value]: [string, unknown]): string[] => {
  if (value === undefined || value === false) return [];
  const variable = variableOf(name);
  return [value === true ? variable : `${variable}=${String(value)}`];
};
