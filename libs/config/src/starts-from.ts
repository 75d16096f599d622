/** Where a leg without a cache of its own starts from: the same leg on other branches, what others offer, its other platforms. */
import type { Config, Image } from '@nx-ci-cache/records';
import { branchSlug, withBranch } from './branch-slug';
import { invalid, type Place } from './invalid';
import { checkReference } from './reference';
import { checkTemplate, fillTemplate, type TemplateValues } from './template';

interface Surroundings extends TemplateValues {
  readonly platforms: readonly string[];
}

/** In order of preference. @throws CiCacheError `OptionInvalid`: no reference of a cache. */
export const startsFrom = (
  { name, cache, cacheFrom, cacheFromBranches }: Image,
  { platforms, ...values }: Surroundings,
  own: string,
  config: Pick<Config, 'file' | 'push'>,
): readonly string[] => {
  const at = (key: string, text: string, other: TemplateValues = {}): string => {
    const place = { file: config.file, key: `images.${name}.${key}` };
    const filled = { ...values, ...other };
    const written = withBranch(text, branchSlug(filled.branch ?? '', config));
    return checkReference(fillTemplate(written, filled, place), 'reference', place);
  };
  const found = [
    ...cacheFromBranches.map((branch, index) => at(`cacheFromBranches[${index}]`, cache, { branch })),
    ...cacheFrom.map((text, index) => at(`cacheFrom[${index}]`, text)),
    ...platforms.map((platform) => at('cache', cache, { platform })),
  ];
  return [...new Set(found)].filter((reference) => reference !== own);
};

/** @throws CiCacheError `OptionInvalid` for a placeholder that is none, and for branches that all have one cache. */
export const checkStartsFrom = ({ file, images }: Config): void => {
  for (const { name, cache, cacheFrom, cacheFromBranches } of images) {
    const place = (key: string): Place => ({ file, key: `images.${name}.${key}` });
    cacheFrom.forEach((text, at) => checkTemplate(text, place(`cacheFrom[${at}]`)));
    if (cacheFromBranches.length === 0 || cache.includes('{branch}')) continue;
    const allowed = `nothing, or a cache ref with {branch}: ${cache} is one for all branches`;
    throw invalid(place('cacheFromBranches'), cacheFromBranches, allowed);
  }
};
