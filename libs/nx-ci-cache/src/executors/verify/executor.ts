/** Builds every leg on builders that have nothing, from the published caches alone; it writes nothing but its record. */
import { daemonKind, verdictSaid, verifyCaches, verifyFaults } from '@nx-ci-cache/images';
import { CiCacheError } from '@nx-ci-cache/process';
import { leavesCache, legsOf, type VerifyRecord } from '@nx-ci-cache/records';
import { asExecutor } from '../../step/context/as-executor';
import { imageTools } from '../../step/context/image-tools';
import { verifyFacts } from '../../step/legs/verify-facts';
import { step } from '../../step/recorded';
import { verifyStep } from '../../chain/verify';

/** @throws CiCacheError `RegistryFailed` naming the first step that was not cached, after the record is written. */
const refuse = ({ faults }: VerifyRecord): void => {
  if (faults.length === 0) return;
  throw new CiCacheError('RegistryFailed', `the caches are not what a new machine needs:\n${faults.join('\n')}`, {
    remedy: 'Run refresh: it builds what is stale and what has lost a part. Then verify again.',
  });
};

export const verify = step(
  verifyStep,
  async (_options, context): Promise<VerifyRecord> => {
    const { branch, legs } = await verifyFacts(context);
    const daemon = await daemonKind(context.environment);
    const verified = await verifyCaches({ ...imageTools(context), legs, daemon, emit: context.say });
    context.say(verdictSaid(verified.legs));
    const images = context.config.images.filter(leavesCache);
    const faults = verifyFaults(verified.legs, legsOf({ ...context.config, images }).length);
    const { sourceCommit, tip: constraintsCommit } = branch;
    return {
      result: faults.length === 0 ? 'verified' : 'refused',
      sourceCommit,
      constraintsCommit,
      ...verified,
      faults,
    };
  },
  refuse,
);

export default asExecutor(verify);
