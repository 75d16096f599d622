/** Stands for the targets it depends on, which have done everything; its flags reach them through the task graph. */
import { asExecutor } from '../../step/context/as-executor';
import { step } from '../../step/recorded';
import { aggregateStep } from '../../chain/aggregate';

export const aggregate = step(aggregateStep, async () => undefined);

export default asExecutor(aggregate);
