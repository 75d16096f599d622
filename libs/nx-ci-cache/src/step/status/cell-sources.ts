/** Whether what a published file was made from has changed since, told by git: the commit that it names is held against the checkout. */
import { checkout } from '@nx-ci-cache/git';
import { askedOnce, canonicalJson } from '@nx-ci-cache/process';
import type { Cell, Config } from '@nx-ci-cache/records';
import type { StepContext } from '../context/context';
import { changedSince } from '../facts/clean-sources';
import { configAt } from '../facts/past-config';

/** In words; empty when all is as it was. @throws CiCacheError `CommandFailed` for a commit that the checkout does not have. */
export type SourceReasons = (cell: Cell, commit: string, files: readonly string[]) => Promise<readonly string[]>;

/** Cells of one run name one commit, and those of one mode the same files: git is asked once for each. */
export const sourcesOnce = ({ config, workspaceRoot }: StepContext): SourceReasons => {
  const [edits, configs] = [askedOnce<readonly string[]>(), askedOnce<Config | undefined>()];
  return async (cell, commit, files) => {
    const own = files.filter((file) => !config.files.includes(file));
    const [changed, before] = await Promise.all([
      edits(JSON.stringify([commit, own]), () => changedSince(commit, own, workspaceRoot)),
      configs(commit, () => configAt(checkout(workspaceRoot), commit, config.projectRoot)),
    ]);
    return reasonsFor(cell, commit, { changed, before, config });
  };
};

interface Held {
  readonly changed: readonly string[];
  readonly before: Config | undefined;
  readonly config: Config;
}

const reasonsFor = (cell: Cell, commit: string, { changed, before, config }: Held): readonly string[] => {
  const isSame = before !== undefined && canonicalJson(partOf(cell, before)) === canonicalJson(partOf(cell, config));
  return [
    ...(changed.length === 0 ? [] : [`changed since ${commit.slice(0, 12)}: ${listed(changed)}`]),
    ...(isSame ? [] : [`its configuration changed since ${commit.slice(0, 12)}`]),
  ];
};

/** What of the configuration a cell is resolved from, the clock of the index left out. */
const partOf = ({ mode, python }: Cell, { modes, patches = {}, linux, platforms, index }: Config) => {
  const { settleSeconds: _, windowSeconds: __, ...asked } = index;
  return {
    mode: modes.find(({ name }) => name === mode) ?? null,
    patch: patches[python] ?? null,
    linux: linux ?? null,
    ...{ platforms, index: asked },
  };
};

const mostNamed = 3;

const listed = (files: readonly string[]): string =>
  [...files.slice(0, mostNamed), ...(files.length > mostNamed ? [`${files.length - mostNamed} more`] : [])].join(', ');
