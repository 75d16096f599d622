/** Lists what registries hold that the configuration needs no more, and removes it when that is answered with yes. */
import { nameOf, removeLeftovers } from '@nx-ci-cache/images';
import { CiCacheError, counted } from '@nx-ci-cache/process';
import { isGranted, type PruneRecord } from '@nx-ci-cache/records';
import { asExecutor } from '../../step/context/as-executor';
import { observeRun } from '../../step/facts/observe-run';
import { findLeftovers } from '../../step/prune/find-leftovers';
import { removalPermission } from '../../step/prune/removal-permission';
import { step } from '../../step/recorded';
import { pruneStep } from '../../chain/prune';

/** @throws CiCacheError `RegistryFailed` naming the registry that removes nothing, after the record is written. */
const refuse = ({ result, denied }: PruneRecord): void => {
  if (result !== 'refused') return;
  throw new CiCacheError('RegistryFailed', `not everything was removed: ${denied}`, {
    remedy: 'Remove there what is listed above, or leave it: it costs room alone.',
  });
};

export const prune = step(
  pruneStep,
  async (_options, context): Promise<PruneRecord> => {
    const { branch } = await observeRun(context);
    const { sourceCommit } = branch;
    const { leftovers, doubts } = await findLeftovers(branch, context);
    for (const leftover of leftovers) context.say(`${nameOf(leftover)}: ${leftover.why}`);
    for (const doubt of doubts) context.say(`not looked at: ${doubt}`);
    if (leftovers.length === 0) {
      context.say('prune: nothing is left over');
      return { result: 'unchanged', sourceCommit, leftovers: [], doubts };
    }
    const permission = await removalPermission(branch, context);
    if (!isGranted(permission)) {
      const { denied } = permission;
      context.say(`prune: ${counted(leftovers.length, 'leftover')} listed and none removed: ${denied}`);
      const listed = leftovers.map((each) => ({ ...each, fate: 'listed' as const }));
      return { result: 'previewed', sourceCommit, leftovers: listed, doubts, denied };
    }
    const { environment, say: emit } = context;
    const removed = await removeLeftovers({ environment, leftovers, emit }, permission);
    const gone = removed.leftovers.filter(({ fate }) => fate === 'removed').length;
    context.say(`prune: ${gone} of ${counted(leftovers.length, 'leftover')} removed`);
    return {
      ...{ result: removed.refusals.length === 0 ? 'pruned' : 'refused', sourceCommit, doubts },
      leftovers: removed.leftovers,
      ...(removed.refusals.length === 0 ? {} : { denied: removed.refusals.join('; ') }),
    };
  },
  refuse,
);

export default asExecutor(prune);
