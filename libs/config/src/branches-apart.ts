/** Two branches that a configuration publishes for must not become one name in a registry: each would undo the other's work. */
import type { Config } from '@nx-ci-cache/records';
import { isOneBranch, pathSlug, tagSlug, tagStart } from './branch-slug';
import { invalid } from './invalid';
import { sourceBranch } from './source-branch';

/** @throws CiCacheError `OptionInvalid` naming both. */
export const checkSlugsApart = (config: Config): void => {
  const { file, push } = config;
  const named = push.branches.map(({ from }) => from).filter(isOneBranch);
  for (const slug of slugsUsed(config)) {
    for (const [at, { from }] of push.branches.entries()) {
      if (!isOneBranch(from) || slug(from) === from) continue;
      const other =
        named.find((each) => each !== from && slug(each) === slug(from)) ??
        push.branches.find((rule) => sourceBranch(rule.from).test(slug(from)))?.from;
      if (other === undefined) continue;
      throw invalid(
        { file, key: `push.branches[${at}].from` },
        from,
        `a branch that {branch} tells apart from ${other}: both are written ${slug(from)} in a registry`,
      );
    }
  }
};

/** Only of the forms in which some name holds the branch. */
const slugsUsed = ({ images }: Config): readonly ((branch: string) => string)[] => {
  const names = images.flatMap(({ repository, cache, bases }) => [repository, cache, ...Object.values(bases)]);
  const holds = (text: string) => text.includes('{branch}');
  const isInPath = names.some((name) => holds(name.slice(0, tagStart(name))));
  const isInTag =
    names.some((name) => holds(name.slice(tagStart(name)))) || images.some(({ tags }) => tags.some(holds));
  return [...(isInPath ? [pathSlug] : []), ...(isInTag ? [tagSlug] : [])];
};
