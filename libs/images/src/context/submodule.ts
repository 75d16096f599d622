/** The recorded commit of a submodule, where this clone has it: nothing is fetched. */
import { posix } from 'node:path';
import { findSubmodule, prefixOf, submoduleNames } from '@nx-ci-cache/git';
import { CiCacheError } from '@nx-ci-cache/process';
import { gitOf, type Source } from './source';

/** @param path relative to where `source` is seen from. @throws CiCacheError `OptionInvalid` when its objects are not there. */
export const submoduleSource = async (source: Source, path: string, commit: string): Promise<Source> => {
  const git = gitOf(source);
  const fromTop = posix.join(await prefixOf(git), path);
  const name = (await submoduleNames(git, source.commit)).get(fromTop);
  const place = await findSubmodule(git, fromTop, name, commit);
  const shown = posix.join(source.at ?? '', path);
  if (place === undefined) throw name === undefined ? notNamed(shown) : notFetched(source, shown, commit);
  return { workspaceRoot: place.folder, commit, isBare: place.isBare, at: shown };
};

const notFetched = ({ at }: Source, path: string, commit: string) =>
  new CiCacheError(
    'OptionInvalid',
    `the context holds the submodule ${path}, whose commit ${commit.slice(0, 12)} is not here`,
    {
      remedy: `Run git submodule update --init ${at === undefined ? path : `--recursive ${at}`} (in CI: check out with submodules), or exclude ${path} in .dockerignore.`,
      data: { path, commit },
    },
  );

const notNamed = (path: string) =>
  new CiCacheError(
    'OptionInvalid',
    `the context holds the submodule ${path}, and .gitmodules of the commit has no such path`,
    {
      remedy: `Add it by git submodule add, or exclude ${path} in .dockerignore.`,
      data: { path },
    },
  );
