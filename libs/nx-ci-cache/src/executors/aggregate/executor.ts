/** Stands for the targets it depends on, which have done everything; its flags reach them through the task graph. */
import { asExecutor, type Step } from '../../step/context/as-executor';
import type { AggregateOptions } from './schema';

export const aggregate: Step<AggregateOptions> = async () => undefined;

export default asExecutor(aggregate);
