/** Why a leg is stale: the difference of two keys. */
import type { LegInputs, Reason, ReasonKind } from '@nx-ci-cache/records';

type Texts = Readonly<Record<string, string>>;

/** Empty exactly when the two are equal. */
export const inputDifferences = (before: LegInputs, now: LegInputs): Reason[] => [
  ...whenOther('recipe', before.recipe, now.recipe, `the build recipe changed: ${before.recipe} → ${now.recipe}`),
  ...whenOther('source', before.context, now.context, 'files of the source context changed'),
  ...eachOther('source', before.contexts ?? {}, now.contexts ?? {}, (name) => `files of the context ${name} changed`),
  ...whenOther(
    'source',
    before.gitDir ?? '',
    now.gitDir ?? '',
    'the commit, or a tag of its history, is another one (gitDir)',
  ),
  ...whenOther('dockerfile', before.dockerfile, now.dockerfile, 'the Dockerfile changed'),
  ...eachOther('constraints', before.constraints, now.constraints, (name) => `constraints changed: ${name}`),
  ...eachOther('base', before.bases, now.bases, (name, was, is) => `base image ${name} moved: ${was} → ${is}`),
  ...eachOther('argument', before.buildArgs, now.buildArgs, (name) => `build argument ${name} changed`),
  ...whenOther('platform', before.platform, now.platform, `the platform changed: ${before.platform} → ${now.platform}`),
  ...whenOther('target', targetOf(before), targetOf(now), `the target changed: ${targetOf(before)} → ${targetOf(now)}`),
  ...eachOther('output', before.output ?? {}, now.output ?? {}, (name, was, is) =>
    name.startsWith('labels.') ? `${name} changed` : `${name} changed: ${was} → ${is}`,
  ),
];

const targetOf = ({ target = 'the last stage' }: LegInputs): string => target;

const whenOther = (kind: ReasonKind, before: string, now: string, text: string): Reason[] =>
  before === now ? [] : [{ kind, text }];

const eachOther = (
  kind: ReasonKind,
  before: Texts,
  now: Texts,
  words: (name: string, was: string, is: string) => string,
): Reason[] => {
  const [was, is] = [new Map(Object.entries(before)), new Map(Object.entries(now))];
  return [...new Set([...was.keys(), ...is.keys()])]
    .sort()
    .filter((name) => was.get(name) !== is.get(name))
    .map((name) => ({ kind, text: words(name, was.get(name) ?? 'none', is.get(name) ?? 'none') }));
};
