/** What a configuration writes in registries, before anything is known of a run: two writers of one reference undo each other. */
import { type Config, type Leg, legTag } from '@nx-ci-cache/records';
import { branchSlug, isOneBranch, withBranch } from './branch-slug';
import { invalid } from './invalid';
import { sourceBranch } from './source-branch';
import { fillTemplate } from './template';

interface Written {
  readonly key: string;
  /** As the configuration writes it. */
  readonly text: string;
  readonly reference: string;
}

/** Fills in what is known before a run and leaves branch, commits and environment as symbols. */
export const symbolic = (text: string, values: Partial<Leg> & { readonly branch?: string }): string =>
  fillTemplate(
    text.replaceAll('{env.', '<env.'),
    { branch: anyBranch, commit: '<commit>', constraints: '<constraints>', ...values },
    { file: '', key: '' },
  );

/** Stands for a branch that no rule names. */
const anyBranch = '<branch>';

/** @throws CiCacheError `OptionInvalid` for a cache ref that is also a tag of an image, or of a leg. */
export const checkCachesApart = (config: Config): void => {
  const { tags, caches } = written(config, anyBranch);
  const cache = caches.find(({ reference }) => tags.some((tag) => tag.reference === reference));
  if (cache === undefined) return;
  throw invalid(
    { file: config.file, key: cache.key },
    cache.text,
    `a reference that is no tag of an image: ${cache.reference} is one`,
  );
};

/** The fault when both write one repository or reference. They are compared as written: a registry may have two names. */
export const sharedReference = (config: Config, other: Config): Error | undefined => {
  const branches = [anyBranch, ...[config, other].flatMap(({ push }) => push.branches.map(({ from }) => from))];
  const theirs = new Set(everything(other, branches).map(({ reference }) => reference));
  const shared = everything(config, branches).find(({ reference }) => theirs.has(reference));
  if (shared === undefined) return undefined;
  return invalid(
    { file: config.file, key: shared.key },
    shared.text,
    `a reference that ${other.file} does not use: both write ${shared.reference}`,
    `Name the project in it, in one of both files.`,
  );
};

/** A cheap look before the thorough one, for a workspace of hundreds: whether two projects write one reference on any branch. */
export const mayShareReferences = (configs: readonly Config[]): ((config: Config, other: Config) => boolean) => {
  const branches = [...new Set([anyBranch, ...configs.flatMap(({ push }) => push.branches.map(({ from }) => from))])];
  const writers = new Map<string, Set<Config>>();
  for (const config of configs)
    for (const { reference } of everything(config, branches))
      writers.set(reference, (writers.get(reference) ?? new Set()).add(config));
  const shared = [...writers.values()].filter(({ size }) => size > 1);
  return (config, other) => shared.some((each) => each.has(config) && each.has(other));
};

const everything = (config: Config, branches: readonly string[]): Written[] =>
  branches
    .filter((branch) => covers(config, branch))
    .flatMap((branch) => {
      const { repositories, tags, caches } = written(config, branch);
      return [...repositories, ...tags, ...caches];
    });

/** Only a regular expression covers branches that no rule names. */
const covers = ({ push }: Config, branch: string): boolean =>
  push.branches.some(({ from }) =>
    branch === anyBranch ? /[\\()[\]*+?|]/.test(from) : from === branch || sourceBranch(from).test(branch),
  );

const written = (config: Config, branch: string) => {
  const { images, pythons, platforms } = config;
  // A symbol or an expression stands for branches that are compared as they are written.
  const slugged = (text: string, isTag?: boolean) =>
    branch === anyBranch || !isOneBranch(branch) ? text : withBranch(text, branchSlug(branch, config), isTag);
  const each = images.flatMap((image) =>
    pythons.map((python) => {
      const fill = (text: string, platform?: string, isTag?: boolean) =>
        symbolic(slugged(text, isTag), {
          branch,
          image: image.name,
          python,
          ...(platform === undefined ? {} : { platform }),
        });
      const at = (key: 'repository' | 'cache', reference: string): Written => ({
        key: `images.${image.name}.${key}`,
        text: image[key],
        reference,
      });
      const repository = fill(image.repository);
      const legs = platforms.map((platform) => legTag({ image: image.name, python, platform }));
      return {
        repository: at('repository', repository),
        tags: [...image.tags.map((tag) => fill(tag, undefined, true)), ...legs].map((tag) =>
          at('repository', `${repository}:${tag}`),
        ),
        caches: platforms.map((platform) => at('cache', fill(image.cache, platform))),
      };
    }),
  );
  return {
    repositories: each.map(({ repository }) => repository),
    tags: each.flatMap(({ tags }) => tags),
    caches: each.flatMap(({ caches }) => caches),
  };
};
