/** Which branch is published to which, from the options or from what the workspace says of itself. */
import type { Tree } from '@nx/devkit';
import type { BranchRule } from '@nx-ci-cache/records';
import { readJsonText } from '../workspace/json-text';
import { optionInvalid } from '../workspace/option-invalid';

interface NxJson {
  readonly defaultBase?: string;
}

export const branchRule = (tree: Tree, branch?: string, constraintsBranch?: string): BranchRule => {
  const base = readJsonText<NxJson>(tree, 'nx.json')?.defaultBase?.replace(/^origin\//, '');
  const from = branch || base || 'main';
  if (constraintsBranch) return { from, to: constraintsBranch };
  if (/^[\w.\/-]+$/.test(from)) return { from, to: `constraints-${from}` };
  throw optionInvalid(
    'constraintsBranch',
    undefined,
    'a branch named constraints-…, with $1 for a group of --branch, when --branch is a regular expression',
    'Give --constraintsBranch, e.g. constraints-$1.',
  );
};
