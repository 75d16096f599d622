/** Why a leg is stale, in words: the difference of two keys. */
import type { LegInputs } from '@nx-ci-cache/records';

type Texts = Readonly<Record<string, string>>;

/** Empty exactly when the two are equal. */
export const inputDifferences = (before: LegInputs, now: LegInputs): string[] => [
  ...whenOther(before.recipe, now.recipe, `the build recipe changed: ${before.recipe} → ${now.recipe}`),
  ...whenOther(before.context, now.context, 'files of the source context changed'),
  ...eachOther(before.contexts ?? {}, now.contexts ?? {}, (name) => `files of the context ${name} changed`),
  ...whenOther(before.gitDir ?? '', now.gitDir ?? '', 'the commit, or a tag of its history, is another one (gitDir)'),
  ...whenOther(before.dockerfile, now.dockerfile, 'the Dockerfile changed'),
  ...eachOther(before.constraints, now.constraints, (name) => `constraints changed: ${name}`),
  ...eachOther(before.bases, now.bases, (name, was, is) => `base image ${name} moved: ${was} → ${is}`),
  ...eachOther(before.buildArgs, now.buildArgs, (name) => `build argument ${name} changed`),
  ...whenOther(before.platform, now.platform, `the platform changed: ${before.platform} → ${now.platform}`),
  ...whenOther(targetOf(before), targetOf(now), `the target changed: ${targetOf(before)} → ${targetOf(now)}`),
  ...eachOther(before.output ?? {}, now.output ?? {}, (name, was, is) =>
    name.startsWith('labels.') ? `${name} changed` : `${name} changed: ${was} → ${is}`,
  ),
];

const targetOf = ({ target = 'the last stage' }: LegInputs): string => target;

const whenOther = (before: string, now: string, words: string): string[] => (before === now ? [] : [words]);

const eachOther = (before: Texts, now: Texts, words: (name: string, was: string, is: string) => string): string[] => {
  const [was, is] = [new Map(Object.entries(before)), new Map(Object.entries(now))];
  return [...new Set([...was.keys(), ...is.keys()])]
    .sort()
    .filter((name) => was.get(name) !== is.get(name))
    .map((name) => words(name, was.get(name) ?? 'none', is.get(name) ?? 'none'));
};
