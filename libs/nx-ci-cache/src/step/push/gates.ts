/** Proof from the task graph that this push stands behind its cells, its check and its gates: Nx drops misspelt ones silently. */
import { cellsOf, constraintFile, type Cell } from '@nx-ci-cache/records';
import { CiCacheError } from '@nx-ci-cache/process';
import { cellTarget } from '../../chain/target-names';
import type { StepContext } from '../context/context';
import { cellsUsedBy } from './gate-files';
import { namesBefore } from '../context/task-graph';
import { checkWorkspace } from './workspace-rules';

/** How the files of this run were tested. */
export interface Tested {
  /** The gates that passed, in words for the commit message. */
  readonly gates: string;
  /** What they tested, for the trailer `Tested`. */
  readonly tested: string;
  /** Why files tested like this must not be published. */
  readonly refusal?: string;
}

/** @throws CiCacheError `PushRefused` naming each task the run lacks, `OptionInvalid` for a gate the workspace lacks. */
export const requireGates = (context: StepContext): Tested => {
  checkWorkspace(context);
  const { config, projectName, taskGraph } = context;
  const own = (target: string) => `${projectName}:${target}`;
  const before = namesBefore(taskGraph, own('push-constraints'));
  const cells = cellsOf(config).map((cell) => own(cellTarget(cell)));
  const { gates, allowUntested } = config.push;
  const needed = [...cells, own('check-constraints'), ...gates];
  const missing = needed.filter((task) => !before.has(task));
  if (missing.length > 0) {
    throw new CiCacheError(
      'PushRefused',
      `this run does not contain ${missing.join(', ')}, which must succeed before the push`,
      {
        remedy: `Run without --excludeTaskDependencies, and let every gate in ${config.file} be a target that runs.`,
        data: { missing },
      },
    );
  }
  const uses = gates.map((gate) => ({ gate, used: cellsUsedBy(gate, context) }));
  const tested = testedBy(uses, cells.length);
  return {
    gates: gates.length === 0 ? 'none' : gates.join(', '),
    tested: tested ?? 'sources only',
    ...(tested === undefined && !allowUntested ? { refusal: untested(config.file) } : {}),
  };
};

const testedBy = (uses: readonly { gate: string; used: readonly Cell[] }[], all: number): string | undefined => {
  const testing = uses.filter(({ used }) => used.length > 0);
  if (testing.length === 0) return undefined;
  const words = ({ gate, used }: (typeof testing)[number]) =>
    `${gate} used ${used.length === all ? 'all files' : used.map(constraintFile).join(' ')}`;
  return testing.map(words).join(', ');
};

const untested = (file: string): string =>
  `no gate uses the generated files: let a target of push.gates in ${file} depend on generate-constraints, or set push.allowUntested`;
