/** The stage a build ends with. */
import { closeMatches } from '@nx-ci-cache/config';
import { dockerfileInvalid } from './invalid';
import type { Stage } from './stages';

/** @throws CiCacheError `OptionInvalid` naming the stages there are. */
export const targetOf = (file: string, stages: readonly Stage[], target: string | undefined): Stage => {
  const found =
    target === undefined ? stages.at(-1) : stages.findLast(({ name }) => name !== '' && name === target.toLowerCase());
  if (found !== undefined) return found;
  const names = stages.map(({ name }) => name).filter((name) => name !== '');
  throw dockerfileInvalid(
    { file, line: stages.at(-1)?.from.line ?? 1 },
    `there is no stage "${target}"`,
    `Correct "target" of the image in ci-cache.json: ${meant(target ?? '', names)}`,
    { target },
  );
};

const meant = (target: string, names: readonly string[]): string => {
  if (names.length === 0) return 'no stage of this Dockerfile has a name.';
  const near = closeMatches(target, names);
  return near.length > 0 ? `did you mean ${near.join(' or ')}?` : `the stages are ${names.join(', ')}.`;
};
