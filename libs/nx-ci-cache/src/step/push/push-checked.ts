/** From checked files to one commit: proves them again, writes the message, and hands them to the compare-and-swap push. */
import { CiCacheError } from '@nx-ci-cache/process';
import { ciRunUrl, publishFiles } from '@nx-ci-cache/branch';
import {
  isGranted,
  type BranchFacts,
  type ChangesRecord,
  type Permission,
  type PushRecord,
} from '@nx-ci-cache/records';
import { changedFiles, commitMessage } from './commit-message';
import { commitTitle } from './commit-title';
import { commitTrailers } from './commit-trailers';
import type { StepContext } from '../context/context';
import { permissionToPush } from '../context/permission';
import type { Tested } from './gates';
import { checkedFiles } from '../cells/generated';
import { proveFresh } from '../cells/prove-fresh';
import { keyFile, remoteAccess } from '../facts/remote-access';

/** @throws CiCacheError `PushRefused` when the files are not this run's, or the remote refuses them. */
export const pushChecked = async (
  facts: BranchFacts,
  changes: ChangesRecord,
  { gates, tested, refusal }: Tested,
  context: StepContext,
): Promise<PushRecord> => {
  if (changes.result === 'refused') {
    throw new CiCacheError('PushRefused', `the guards refuse ${refusedFiles(changes)}`, {
      remedy: `Read ${context.paths.changesMarkdown}: it names each refusal and what to do about it.`,
    });
  }
  const { constraints: permission } = permissionToPush(facts, context);
  if (refusal !== undefined && isGranted(permission)) {
    throw new CiCacheError('PushRefused', 'what would be published was not tested', {
      remedy: `${sentence(refusal)}.`,
    });
  }
  const { push } = context.config;
  const files = await checkedFiles(context, changes);
  await proveFresh(files, context);
  const outcome = await publishFiles({
    remote: facts.remote,
    branch: facts.branch,
    files: Object.fromEntries(files.map(({ file, text }) => [file, text])),
    remove: push.remove,
    message: messageOfRun(facts, changes, gates, push.title),
    trailers: commitTrailers({
      tested,
      run: facts.run,
      ciRun: ciRunUrl(context.environment),
      switches: context.switches,
    }),
    author: authorOf(push.author),
    ...(push.signingKey === undefined ? {} : { signingKey: keyFile('push.signingKey', push.signingKey, context) }),
    ...(context.switches.tag === undefined ? {} : { tag: context.switches.tag }),
    ...remoteAccess(context),
    source: { commit: facts.sourceCommit, cutoff: facts.cutoff },
    workspaceRoot: context.workspaceRoot,
    permission: withRefusal(permission, refusal),
  });
  return { run: facts.run, branch: facts.branch, remote: facts.remote, ...outcome };
};

const refusedFiles = ({ refusals = [] }: ChangesRecord): string =>
  [...new Set(refusals.map(({ file }) => file))].join(', ');

const messageOfRun = (facts: BranchFacts, changes: ChangesRecord, gates: string, template: string): string => {
  const { cutoff, sourceCommit, imageBranch: sourceBranch } = facts;
  const files = changedFiles(changes).length;
  const title = commitTitle(template, { files, sourceBranch, commit: sourceCommit, cutoff });
  return commitMessage({ title, changes, cutoff, sourceCommit, tested: gates });
};

/** A preview shows what a push would be refused for, and refuses nothing itself. */
const withRefusal = (permission: Permission['constraints'], refusal: string | undefined): Permission['constraints'] =>
  isGranted(permission) || refusal === undefined
    ? permission
    : { denied: `${permission.denied}; a push would be refused: ${refusal}` };

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const authorOf = (text: string) => {
  const [, name = '', email = ''] = /^(.*) <(.*)>$/.exec(text) ?? [];
  return { name, email };
};
