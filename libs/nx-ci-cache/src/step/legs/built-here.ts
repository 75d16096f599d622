/** Whether this run builds what it plans: the nodes of legs that other machines build are theirs to make sure of. */
import { buildxRefreshStep } from '../../chain/buildx-refresh';
import type { StepContext } from '../context/context';
import { ownTasks } from '../context/own-tasks';

/** Without a task graph nobody knows, so it may. */
export const areBuiltHere = (context: StepContext): boolean =>
  context.byHand ||
  context.job === 'build' ||
  context.taskGraph === undefined ||
  ownTasks(context).some(({ executor }) => executor === buildxRefreshStep.name);
