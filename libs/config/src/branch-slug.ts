/**
 * How `{branch}` is written in names of a registry, which know fewer characters than branches do: what is a name already stays,
 * `Release/3.x` becomes `release/3.x` in a path and `Release-3.x` in a tag.
 */
import { digestOf } from '@nx-ci-cache/process';
import type { Config } from '@nx-ci-cache/records';

export interface BranchSlug {
  readonly path: string;
  readonly tag: string;
}

/** A rule's `from` that is one branch, and no expression for several. */
export const isOneBranch = (from: string): boolean => !/[\\()[\]{}*+?|^$]/.test(from);

/** Injective: of a branch that only an expression covers, what had to be changed is told apart by a digest. */
export const branchSlug = (branch: string, { push }: Pick<Config, 'push'>): BranchSlug => {
  const isNamed = push.branches.some(({ from }) => from === branch);
  const apart = (slug: string) => `${slug}-${digestOf(branch).slice(-8)}`;
  const written = (slug: string) => (slug === branch || (isNamed && slug !== '') ? slug : apart(slug || 'branch'));
  return { path: written(pathSlug(branch)), tag: written(tagSlug(branch)) };
};

/** Slashes stay; between letters and digits a path knows `.`, `_`, `__` and dashes. */
export const pathSlug = (branch: string): string =>
  branch
    .toLowerCase()
    .split('/')
    .map((part) =>
      part
        .replace(/[^a-z0-9]+/g, (between) => (/^(\.|__?|-+)$/.test(between) ? between : '-'))
        .replace(/^[._-]+|[._-]+$/g, ''),
    )
    .filter((part) => part !== '')
    .join('/');

export const tagSlug = (branch: string): string => branch.replace(/[^A-Za-z0-9_.-]+/g, '-');

/** The template with the branch in it. */
export const withBranch = (text: string, { path, tag }: BranchSlug, isTag = false): string => {
  const at = isTag ? 0 : tagStart(text);
  return text.slice(0, at).replaceAll('{branch}', path) + text.slice(at).replaceAll('{branch}', tag);
};

export const tagStart = (template: string): number => {
  const at = template.search(/:[^/]*$/);
  return at === -1 ? template.length : at;
};
