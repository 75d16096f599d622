/** Looks at the outside world once, at the start of a run, and decides whether the run may change it. */
import { randomUUID } from 'node:crypto';
import { fillTemplate } from '@nx-ci-cache/config';
import { type BranchFacts, cellsOf, type Config, constraintFile } from '@nx-ci-cache/records';
import {
  detectSource,
  namesSources,
  observeBranch,
  readCommitFiles,
  remoteUrl,
  sourceOf,
  type CommitFiles,
} from '@nx-ci-cache/branch';
import type { StepContext } from '../context/context';
import { cutoffOf } from './cutoff';
import { unanswered, unpublishable } from '../context/preview';
import { remoteAccess } from './remote-access';
import { targetBranch } from './target-branch';

export interface Observation {
  readonly branch: BranchFacts;
  /** This project's files on the constraints branch by name; empty when there is no branch. */
  readonly published: Readonly<Record<string, string>>;
  /** The branch's tip; absent when there is no branch. */
  readonly commit?: CommitFiles;
}

/** @throws CiCacheError when the remote cannot be asked: a failed probe is never "absent". */
export const observeRun = async (context: StepContext): Promise<Observation> => {
  const { config, environment, switches, workspaceRoot } = context;
  const source = await detectSource(workspaceRoot, environment);
  const target = targetBranch(config.push.branches, source.baseBranch ?? source.branch, {
    file: config.file,
    key: 'push.branches',
  });
  const { branch: sourceBranch, otherCommit } = source;
  const preview =
    unanswered(switches, environment) ?? unpublishable({ ruled: target.ruled, sourceBranch, otherCommit });
  const place = { file: config.file, key: 'push.remote' };
  const remote = await remoteUrl(workspaceRoot, fillTemplate(config.push.remote, { environment }, place), place);
  const access = remoteAccess(context);
  const tip = await observeBranch(remote, target.branch, access);
  const commit =
    tip === null ? undefined : await readCommitFiles(remote, tip, cellsOf(config).map(constraintFile), access);
  return {
    published: commit?.files ?? {},
    ...(commit === undefined ? {} : { commit }),
    branch: {
      run: randomUUID(),
      startedAt: new Date().toISOString(),
      ...(source.branch === undefined ? {} : { sourceBranch: source.branch }),
      imageBranch: target.source,
      sourceCommit: source.commit,
      branch: target.branch,
      remote,
      tip,
      ...(commit === undefined || namesSources(commit.trailers) ? {} : { foreignTip: true }),
      // A preview sees the index as the published files did: its diff shows what the change does, not what the world did.
      cutoff: cutoffOf(switches.cutoff, preview && commit && publishedCutoff(commit, config), config),
      ...(preview === undefined ? {} : { preview }),
    },
  };
};

/** The cut-off of this project's files: another project's push to the same branch has one of its own. */
export const publishedCutoff = ({ trailers }: CommitFiles, config: Config): string | undefined => {
  const [cell] = cellsOf(config);
  return cell && sourceOf(trailers, constraintFile(cell))?.cutoff;
};
