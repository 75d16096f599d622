/** Refuses a flag or a `CI_CACHE_…` variable that nothing reads: a misspelt "dry run" would publish. */
import { CiCacheError } from '@nx-ci-cache/process';
import { closeMatches } from './close-matches';
import { answers, flagOf, switchNames, variableOf, type Asked } from './switches';

const prefix = 'CI_CACHE_';

/** Read by no switch: paths of tools, what a target without flags would be asked, and how steps speak. */
const otherVariables = [
  ...['CI_CACHE_UV', 'CI_CACHE_BUILDX', 'CI_CACHE_BUILDKITD', 'CI_CACHE_PACKAGE'],
  ...['CI_CACHE_JSON', 'CI_CACHE_VERBOSE'],
];

export interface KnownWords {
  /** Names of options beside the switches. */
  readonly options: readonly string[];
  /** Texts of every ci-cache.json of the workspace: their `{env.…}` are read. */
  readonly configurations: readonly string[];
}

/** Whether a variable that is no switch says yes; what is neither yes nor no says nothing. */
export const saysYes = (text: string | undefined): boolean | undefined => answers.get(text ?? '');

/** @throws CiCacheError `OptionInvalid` with the word that may have been meant. */
export const refuseUnknownWords = ({ flags = {}, environment }: Asked, known: KnownWords): void => {
  const knownFlags = [...switchNames, ...known.options].map((name) => `--${flagOf(name)}`);
  const flag = Object.keys(flags)
    .map((name) => `--${flagOf(name)}`)
    .find((name) => !knownFlags.includes(name));
  if (flag !== undefined) throw unknown('flag', flag, knownFlags, `Correct ${flag}, or leave it out.`);

  const used = known.configurations.flatMap((text) => [...text.matchAll(placeholder)].map(([, name = '']) => name));
  const variables = [...switchNames.map(variableOf), ...otherVariables, ...used];
  const variable = Object.keys(environment).find((name) => name.startsWith(prefix) && !variables.includes(name));
  if (variable === undefined) return;
  throw unknown('environment', variable, variables, `Correct or unset ${variable}, or use it as {env.${variable}}.`);
};

const placeholder = /\{env\.(CI_CACHE_[A-Z0-9_]+)\}/g;

const unknown = (place: string, word: string, words: readonly string[], remedy: string) => {
  const [closest] = closeMatches(word, words);
  const perhaps = closest === undefined ? '' : `; perhaps ${closest}`;
  return new CiCacheError(
    'OptionInvalid',
    `${place}: ${word} is read by nothing\n  allowed: ${[...new Set(words)].join(', ')}${perhaps}`,
    {
      remedy,
      data: { word, closest },
    },
  );
};
