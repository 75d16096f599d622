/** What a job goes by that makes images alone: the facts of its own run, and constraints that another job has pushed. */
import { readCommitFiles, relating } from '@nx-ci-cache/branch';
import { invalid } from '@nx-ci-cache/config';
import { removeFile, writeJson } from '@nx-ci-cache/process';
import { cellsOf, constraintFile, type BranchFacts, type PushRecord, type SnapshotRecord } from '@nx-ci-cache/records';
import { pushConstraintsStep } from '../../chain/push-constraints';
import { snapshotStep } from '../../chain/snapshot';
import { refuseClash } from '../../plugin/clash';
import type { StepContext } from '../context/context';
import { legSpecs } from '../context/leg-specs';
import { readBranchFacts } from '../context/required';
import { step } from '../recorded';
import { refuseImageFaults } from './image-faults';
import { observeRun, publishedCutoff } from './observe-run';
import { remoteAccess } from './remote-access';
import { writeBranch } from './write-facts';

/** Neither resolver nor package index are asked. @throws CiCacheError `OptionInvalid` without a commit, or for one that the branch does not hold. */
export const observeImages = async (context: StepContext): Promise<void> => {
  await observed({}, context);
  await given({}, context);
};

const observed = step(snapshotStep, async (_part, context): Promise<SnapshotRecord> => {
  const { at, config, paths } = context;
  await removeFile(at(paths.branch));
  const commit = givenCommit(context);
  refuseClash(context);
  const { branch: found } = await observeRun(context);
  await refuseUnheld(commit, found, context);
  const { startedAt } = seenBy(context, found);
  const branch = { ...found, startedAt, cutoff: await cutoffAt(commit, found, context) };
  await refuseImageFaults(legSpecs(context, branch), branch, context);
  await writeJson(at(paths.config), config);
  await writeBranch(context, branch);
  context.say(`source ${branch.sourceCommit.slice(0, 12)}, constraints ${commit.slice(0, 12)} of ${branch.branch}`);
  if (branch.preview !== undefined) context.say(`preview: ${branch.preview}`);
  return { run: branch.run, result: 'observed', startedAt };
});

const given = step(pushConstraintsStep, async (_part, context): Promise<PushRecord> => {
  const { run, branch, remote, tip } = await readBranchFacts(context);
  return {
    run,
    result: 'given',
    branch,
    remote,
    oldCommit: tip,
    newCommit: givenCommit(context),
    attempts: 0,
    files: [],
    reasons: ['another job has pushed it'],
  };
});

const place = { file: 'switches', key: 'constraints-commit' };

const givenCommit = ({ switches: { constraintsCommit } }: StepContext): string => {
  if (constraintsCommit !== undefined) return constraintsCommit;
  const remedy = 'Give --constraints-commit or CI_CACHE_CONSTRAINTS_COMMIT: plan-refresh says it to the CI.';
  throw invalid(place, undefined, 'the whole id of the constraints commit that images are made with', remedy);
};

/** What the branch holds was pushed by a run that was allowed to, behind its gates; of any other commit nobody knows. */
const refuseUnheld = async (commit: string, { branch, remote, tip }: BranchFacts, context: StepContext) => {
  const access = { url: remote, ...remoteAccess(context) };
  const relate = relating({ commit, workspaceRoot: context.workspaceRoot, access });
  const relation = tip === null ? undefined : await relate(tip);
  if (relation === 'same' || relation === 'older') return;
  const remedy =
    'Take the commit from the plan-refresh of this very run; when the branch was rewritten since, run it again.';
  throw invalid(place, commit, `a commit that ${branch} holds`, remedy);
};

/** Of the job that planned; of our own where nothing of it is given. */
const seenBy = ({ switches: { seen } }: StepContext, { sourceCommit, startedAt }: BranchFacts) => {
  if (seen === undefined || seen.sourceCommit === sourceCommit) return seen ?? { startedAt };
  const remedy = `Check out ${seen.sourceCommit}, or leave out --seen and CI_CACHE_SEEN.`;
  throw invalid(
    { file: 'switches', key: 'seen' },
    seen.sourceCommit,
    `the commit checked out, ${sourceCommit}`,
    remedy,
  );
};

const cutoffAt = async (commit: string, { remote, cutoff }: BranchFacts, context: StepContext): Promise<string> => {
  const names = cellsOf(context.config).map(constraintFile);
  const files = await readCommitFiles(remote, commit, names, remoteAccess(context));
  return publishedCutoff(files, context.config) ?? cutoff;
};
