/**
 * What a checkout holds now, edits and new files included, as a commit: for who reads commits and is to see what nobody has
 * committed. The repository gets nothing of it: what is new lies in a folder of ours that borrows the rest.
 */
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text as whole } from 'node:stream/consumers';
import { inPrivateFolder } from '@nx-ci-cache/process';
import { checkOid, printedOids } from '../oid';
import type { Checkout } from './checkout';
import { gitPathOf } from './head';
import { withOwnIndex } from './own-index';

export interface EditedCommit {
  readonly commit: string;
  /** Absolute path of the folder of its objects. */
  readonly objects: string;
}

/**
 * @param commit that the edits are to; what git or the user ignores is none.
 * @param work is given nothing where the checkout is as the commit has it.
 * @throws CiCacheError `CommandFailed`
 */
export const withEdits = <Value>(
  checkout: Checkout,
  commit: string,
  work: (edited: EditedCommit | undefined) => Promise<Value>,
): Promise<Value> => {
  checkOid(commit);
  return inPrivateFolder('ci-cache-edits-', async (objects) => {
    await mkdir(join(objects, 'info'));
    await writeFile(join(objects, 'info/alternates'), `${await gitPathOf(checkout, 'objects')}\n`);
    const own = checkout.withObjects(objects);
    const tree = await withOwnIndex(own, async (indexed) => {
      await indexed.text([...(await excludes(checkout)), 'add', '--all']);
      return onlyOid('write-tree', await indexed.text(['write-tree']));
    });
    if (tree === onlyOid('rev-parse', await checkout.text(['rev-parse', '--verify', `${commit}^{tree}`])))
      return work(undefined);
    // Of nobody and of no time: the same edits are the same commit.
    const who = 'nx-ci-cache <nx-ci-cache@users.noreply.example> 0 +0000';
    const content = `tree ${tree}\nparent ${commit}\nauthor ${who}\ncommitter ${who}\n\nlocal edits\n`;
    const written = await own.stream(['hash-object', '-t', 'commit', '-w', '--stdin'], whole, content);
    return work({ commit: onlyOid('hash-object', written), objects });
  });
};

const excludes = async (checkout: Checkout): Promise<string[]> => {
  const file = await checkout.userExcludes();
  return file === undefined || !existsSync(file) ? [] : ['-c', `core.excludesFile=${file}`];
};

const onlyOid = (command: string, stdout: string): string => String(printedOids(command, stdout)[0]);
