/** What tags of commits look like: the ones that an image's configuration gives, to whatever commit. */
import type { Config, PublishedImage } from '@nx-ci-cache/records';
import { legSpec, type RunValues } from './leg-spec';

/** Stand for any commit while the templates are filled in; no text of a configuration holds them. */
const anyCommit = '7d9c0f3e5b1a48269e0d7c4f3b2a1908c6e5d4f7';
const anyConstraints = '5e1d7a90c3b24f68';

export interface CommitTagPatterns {
  readonly repository: string;
  /** Of whole tags; the first group is the commit. */
  readonly patterns: readonly RegExp[];
}

/** Without patterns where no tag holds the commit, or the repository does. @throws CiCacheError `OptionInvalid`, as `legSpec`. */
export const commitTagPatterns = (
  config: Config,
  image: PublishedImage,
  run: Pick<RunValues, 'branch' | 'environment'>,
): CommitTagPatterns => {
  const [platform = ''] = config.platforms;
  const values = { ...run, commit: anyCommit, constraintsCommit: anyConstraints };
  const { repository, tags } = legSpec(config, { ...image, platform }, values);
  if (repository.includes(anyCommit)) return { repository, patterns: [] };
  return { repository, patterns: tags.filter(({ ofCommit }) => ofCommit).map(({ name }) => patternOf(name)) };
};

/** The same commit wherever the tag names it. */
const patternOf = (name: string): RegExp => {
  const [before = '', ...after] = name
    .replaceAll('.', '\\.')
    .replaceAll(anyConstraints.slice(0, 12), '[0-9a-f]{12}')
    .split(anyCommit);
  return new RegExp(`^${before}([0-9a-f]{40}|[0-9a-f]{64})${after.join('\\1')}$`);
};
