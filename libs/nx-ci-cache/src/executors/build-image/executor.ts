/** Builds the image of one Python with the newest dependencies at the cut-off, and writes down what it then holds. */
import type { FreezeRecord } from '@nx-ci-cache/records';
import { asExecutor, type Step } from '../../step/context/as-executor';
import { findFrozenImage, freezeBuild } from '../../step/cells/freeze-build';
import { readBranchFacts, recorded } from '../../step/context/recorded';
import type { BuildImageOptions } from './schema';

export const buildImage: Step<BuildImageOptions, FreezeRecord> = async (options, context) => {
  const branch = await readBranchFacts(context);
  const frozen = findFrozenImage(options, context);
  const { image, python, platform } = frozen;
  const facts = { run: branch.run, image, python, platform, cutoff: branch.cutoff };
  const record = await recorded<FreezeRecord>(
    context.at(context.paths.freezeRecord(frozen.name)),
    async () => ({ ...facts, result: 'frozen', ...(await freezeBuild(frozen, branch, context)) }),
    (error) => ({ ...facts, result: 'failed', error }),
  );
  context.say(`${image} for Python ${python}: ${record.packages} packages at ${record.cutoff}`);
  return record;
};

export default asExecutor(buildImage);
