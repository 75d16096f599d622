/** Stands for the targets it depends on; a flag here would reach none of them, so it is refused with the variable that does. */
import { CiCacheError } from '@nx-ci-cache/process';
import { asExecutor, type Step } from '../../step/context/as-executor';
import type { AggregateOptions } from './schema';

export const aggregate: Step<AggregateOptions> = async (options) => {
  const [flag] = Object.keys(options);
  if (flag === undefined) return;
  throw new CiCacheError('OptionInvalid', `--${flag} would not reach the targets this one stands for`, {
    remedy: `Set CI_CACHE_${flag.replaceAll(/[A-Z]/g, '_$&').replaceAll('-', '_').toUpperCase()} instead, if it is a switch of this plugin.`,
  });
};

export default asExecutor(aggregate);
