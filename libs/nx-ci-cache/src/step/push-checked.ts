/** From checked files to one commit: proves them again, writes the message, and hands them to the compare-and-swap push. */
import { CiCacheError } from '@nx-ci-cache/process';
import { publishFiles } from '@nx-ci-cache/publish';
import type { BranchFacts, ChangesRecord, PushRecord } from '@nx-ci-cache/report';
import { commitMessage } from './commit-message';
import type { StepContext } from './context';
import { checkedFiles, proveFresh } from './generated';

/** @throws CiCacheError `PushRefused` when the files are not this run's, or the remote refuses them. */
export const pushChecked = async (
  facts: BranchFacts,
  changes: ChangesRecord,
  tested: string,
  context: StepContext,
): Promise<PushRecord> => {
  if (changes.run !== facts.run || changes.result === 'failed') {
    throw new CiCacheError('PushRefused', 'the comparison is not of this run', {
      remedy: `Run ${context.projectName}:push-constraints with its dependencies.`,
    });
  }
  const files = await checkedFiles(context, changes);
  await proveFresh(files, context);
  const outcome = await publishFiles({
    remote: facts.remote,
    branch: facts.branch,
    files: Object.fromEntries(files.map(({ file, text }) => [file, text])),
    message: commitMessage({ changes, cutoff: facts.cutoff, sourceCommit: facts.sourceCommit, tested }),
    author: authorOf(context.config.push.author),
    source: { commit: facts.sourceCommit, cutoff: facts.cutoff },
    workspaceRoot: context.workspaceRoot,
    ...(facts.preview === undefined ? {} : { previewReason: facts.preview }),
  });
  const record: PushRecord = { run: facts.run, branch: facts.branch, remote: facts.remote, ...outcome };
  if (record.result !== 'refused' && record.result !== 'failed') return record;
  throw new CiCacheError('PushRefused', `${record.branch} was not updated: ${record.reasons.join('; ')}`, {
    remedy: 'The branch is as it was. Mend what the reason names, then run again.',
  });
};

const authorOf = (text: string) => {
  const [, name = '', email = ''] = /^(.*) <(.*)>$/.exec(text) ?? [];
  return { name, email };
};
