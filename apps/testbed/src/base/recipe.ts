/** What is in a base image: the recipe is a value, its digest names the cached image. */
import { digestOf } from '@nx-ci-cache/process';
import { nodeNames } from '../words';

export interface BaseRecipe {
  readonly python: string;
  readonly suite: string;
  readonly uv: string;
}

/** Each Debian suite has exactly one Python. */
const suites = { '3.11': 'bookworm', '3.13': 'trixie' } as const;

/** Enough for `RUN` lines of a shell, for Python with TLS and SQLite, and for compiled wheels (libstdc++). */
export const packages = [
  'base-files',
  'base-passwd',
  'ca-certificates',
  'coreutils',
  'dash',
  'findutils',
  'grep',
  'libstdc++6',
  'python3',
  'sed',
  'tzdata',
] as const;

/** Raise it when the way an image is made changes, or to take in newer Debian packages. */
const revision = 1;

export const baseRecipes = (uv: string): readonly BaseRecipe[] =>
  Object.entries(suites).map(([python, suite]) => ({ python, suite, uv }));

/** The folder name of a recipe's image: short, but it holds all that decides the content. */
export const recipeKey = (recipe: BaseRecipe): string =>
  `python${recipe.python}-${digestOf({ ...recipe, packages, revision, nodeNames })
    .slice('sha256:'.length)
    .slice(0, 12)}`;

export const baseRepository = 'base/python';
