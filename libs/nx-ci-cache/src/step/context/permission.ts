/** What this step may write: what the snapshot saw and the push left, and no more than whoever runs this very step allows. */
import { CiCacheError } from '@nx-ci-cache/process';
import { permissionOf, type BranchFacts, type Permission, type PushRecord } from '@nx-ci-cache/records';
import { unanswered } from './preview';
import { pushConstraintsStep } from '../../chain/push-constraints';
import type { StepContext } from './context';
import { targetDoing } from './own-tasks';
import { required } from './required';

/** Before the push, and for the push itself. */
export const permissionToPush = (
  { preview }: Pick<BranchFacts, 'preview'>,
  { switches, environment, byHand }: Pick<StepContext, 'switches' | 'environment' | 'byHand'>,
): Permission => permissionOf({ preview: preview ?? unanswered(switches, environment), byHand });

/** After the push of this run. @throws CiCacheError `PushRefused` when there was none, or it pushed nothing. */
export const permissionAfterPush = async (
  { run, preview }: BranchFacts,
  context: StepContext,
): Promise<{ readonly permission: Permission; readonly push: PushRecord }> => {
  const push = await required<PushRecord>(context, context.paths.push, pushConstraintsStep);
  if (push.run !== run || push.result === 'failed' || push.result === 'refused') {
    throw new CiCacheError('PushRefused', 'the constraints of this run were not pushed', {
      remedy: `Run ${targetDoing(pushConstraintsStep, {}, context)} with all it depends on.`,
    });
  }
  const { switches, environment, byHand, job } = context;
  const facts = { preview: preview ?? unanswered(switches, environment), push: push.result, byHand, job };
  return { permission: permissionOf(facts), push };
};
