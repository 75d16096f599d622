/** Proof from the task graph that this push stands behind its cells and its gates: Nx drops misspelt ones silently. */
import { cellsOf, constraintFile, type Cell } from '@nx-ci-cache/records';
import { CiCacheError } from '@nx-ci-cache/process';
import { generateConstraintsStep } from '../../chain/generate-constraints';
import type { StepContext } from '../context/context';
import { cellsUsedBy } from './gate-files';
import { targetDoing, tasksDoing } from '../context/own-tasks';
import { nameOf, tasksBefore, tasksNamed } from '../context/task-graph';
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
  const { config, taskGraph, taskName } = context;
  const cells = cellsOf(config);
  const { gates, allowUntested } = config.push;
  const before = new Set([...tasksBefore(taskGraph, tasksNamed(taskGraph, taskName))].map(nameOf));
  const unmade = cells.filter(
    (cell) => !tasksDoing(generateConstraintsStep, cell, context).some((task) => before.has(nameOf(task))),
  );
  const makers = new Set(unmade.map((cell) => targetDoing(generateConstraintsStep, cell, context)));
  const missing = [...makers, ...gates.filter((gate) => !before.has(gate))];
  if (missing.length > 0) throw unguarded(missing, context);
  const uses = gates.map((gate) => ({ gate, used: cellsUsedBy(gate, context) }));
  const tested = testedBy(uses, cells.length);
  return {
    gates: gates.length === 0 ? 'none' : gates.join(', '),
    tested: tested ?? 'sources only',
    ...(tested === undefined && !allowUntested ? { refusal: untested(config.file) } : {}),
  };
};

const unguarded = (missing: readonly string[], { taskName }: StepContext) =>
  new CiCacheError(
    'PushRefused',
    `this run does not contain ${missing.join(', ')}, which must succeed before the push`,
    {
      remedy:
        `Run without --excludeTaskDependencies, and let "dependsOn" of ${taskName}, or of what stands before it, hold ` +
        `${missing.map(asDependency).join(', ')}.`,
      data: { missing },
    },
  );

const asDependency = (name: string): string => {
  const [project = '', target] = name.split(/:(.*)/s);
  return JSON.stringify({ projects: [project], target });
};

const testedBy = (uses: readonly { gate: string; used: readonly Cell[] }[], all: number): string | undefined => {
  const testing = uses.filter(({ used }) => used.length > 0);
  if (testing.length === 0) return undefined;
  const words = ({ gate, used }: (typeof testing)[number]) =>
    `${gate} used ${used.length === all ? 'all files' : used.map(constraintFile).join(' ')}`;
  return testing.map(words).join(', ');
};

const untested = (file: string): string =>
  `no gate uses the generated files: let a target of push.gates in ${file} depend on what generates them, or set push.allowUntested`;
