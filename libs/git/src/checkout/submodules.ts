/** Submodules of a commit: what `.gitmodules` calls them, and where in this clone their own repositories lie. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { brokenOff } from '../command/answer';
import { checkOid } from '../oid';
import { checkout as checkoutOf, type Checkout } from './checkout';
import { commonFolderOf, gitPathOf, rootOf } from './head';
import { treeOf } from './tree';

/** A repository that has no work tree here, such as one git keeps below `.git/modules`. */
export const repositoryAt = (gitDir: string): Checkout =>
  checkoutOf(gitDir).elsewhere({ folder: gitDir, gitDir, objects: join(gitDir, 'objects') });

/** Where a repository lies. */
export interface RepositoryPlace {
  /** Absolute path of its work tree or, without one, of itself. */
  readonly folder: string;
  readonly isBare: boolean;
}

/** Names by path from the top of the repository. @throws CiCacheError `CommandFailed` */
export const submoduleNames = async (checkout: Checkout, commit: string): Promise<ReadonlyMap<string, string>> => {
  const file = (await treeOf(checkout, commit)).find(({ path }) => path === '.gitmodules');
  if (file?.type !== 'blob') return new Map();
  const args = ['config', '-z', '--blob', file.oid, '--get-regexp', '^submodule\\..*\\.path$'];
  const lines = (await checkout.answer(args))?.split('\0') ?? [''];
  if (lines.pop() !== '') throw brokenOff('config');
  return new Map(
    lines.flatMap((line): [string, string][] => {
      const [, name = '', path = ''] = /^submodule\.([^]*)\.path\n([^]*)$/.exec(line) ?? [];
      return isSafe(name) ? [[path.replace(/\/$/, ''), name]] : [];
    }),
  );
};

/** Git makes a folder of it, and takes none that leads elsewhere. */
const isSafe = (name: string): boolean => name !== '' && !name.split(/[/\\]/).includes('..');

/**
 * The repository of the submodule at `path`, from the top, that holds `commit`: the one in its place before those git keeps.
 * @throws CiCacheError `CommandFailed`
 */
export const findSubmodule = async (
  checkout: Checkout,
  path: string,
  name: string | undefined,
  commit: string,
): Promise<RepositoryPlace | undefined> => {
  const inPlace = join(await rootOf(checkout), path);
  const kept =
    name === undefined
      ? []
      : [await gitPathOf(checkout, `modules/${name}`), join(await commonFolderOf(checkout), 'modules', name)];
  const places: RepositoryPlace[] = [
    ...(existsSync(join(inPlace, '.git')) ? [{ folder: inPlace, isBare: false }] : []),
    ...kept.filter((folder) => existsSync(join(folder, 'objects'))).map((folder) => ({ folder, isBare: true })),
  ];
  for (const place of places) if (await holds(place, commit)) return place;
  return undefined;
};

const holds = async ({ folder, isBare }: RepositoryPlace, commit: string): Promise<boolean> => {
  checkOid(commit);
  const { answer } = isBare ? repositoryAt(folder) : checkoutOf(folder);
  return (await answer(['cat-file', '-e', `${commit}^{commit}`], [1, 128])) !== undefined;
};
