/** The constraints branch as it is: its tip, which files it lacks, and how far its cut-off lies behind. */
import { sourceOf } from '@nx-ci-cache/branch';
import { cellsOf, constraintFile } from '@nx-ci-cache/records';
import type { BranchStatus, IndexStatus } from '@nx-ci-cache/report';
import type { StepContext } from '../context/context';
import { cutoffOf } from '../facts/cutoff';
import { observeRun, publishedCutoff, type Observation } from '../facts/observe-run';

export interface SeenBranch extends Observation {
  readonly status: BranchStatus;
}

/** As a run would that begins now and may change nothing. @throws CiCacheError when checkout or remote cannot be asked. */
export const lookAtBranch = async (context: StepContext): Promise<SeenBranch> => {
  const observed = await observeRun(context);
  const { branch, published, commit } = observed;
  const names = cellsOf(context.config).map(constraintFile);
  const written = (commit?.trailers['Source-Files'] ?? []).flatMap((line) => line.split(' '));
  return {
    ...observed,
    branch: { ...branch, cutoff: newestCutoff(context), preview: 'a status changes nothing' },
    status: {
      ...{ name: branch.branch, tip: branch.tip },
      ...(commit === undefined ? {} : { committedAt: commit.committedAt }),
      missing: names.filter((name) => !(name in published)),
      // Files of a commit of another project are none of ours.
      extra: written.some((name) => names.includes(name)) ? written.filter((name) => !names.includes(name)) : [],
    },
  };
};

export const indexStatus = (seen: SeenBranch | undefined, context: StepContext): IndexStatus => {
  const { windowSeconds } = context.config.index;
  const newest = newestCutoff(context);
  const cutoff = seen?.commit && publishedCutoff(seen.commit, context.config);
  if (cutoff === undefined) return { newest, windowSeconds };
  const behind = (Date.parse(newest) - Date.parse(cutoff)) / 1000 / windowSeconds;
  return { cutoff, newest, windowSeconds, windowsBehind: Math.max(0, Math.ceil(behind)) };
};

const newestCutoff = ({ switches, config }: StepContext): string => cutoffOf(switches.cutoff, undefined, config);

/** Of one file: another run may have written the others. */
export const sourceOfFile = ({ commit }: SeenBranch, file: string) => commit && sourceOf(commit.trailers, file);
