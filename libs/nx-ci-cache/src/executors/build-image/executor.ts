/** Builds the image of one Python with the newest dependencies at the cut-off, and writes down what it then holds. */
import { counted } from '@nx-ci-cache/process';
import type { FreezeRecord } from '@nx-ci-cache/records';
import { freezeBuild } from '../../step/cells/freeze-build';
import { asExecutor } from '../../step/context/as-executor';
import { readBranchFacts } from '../../step/context/required';
import { step } from '../../step/recorded';
import { buildImageStep } from '../../chain/build-image';

export const buildImage = step(buildImageStep, async (frozen, context): Promise<FreezeRecord> => {
  const branch = await readBranchFacts(context);
  const { image, python, platform } = frozen;
  const built = await freezeBuild(frozen, branch, context);
  context.say(`${image} for Python ${python}: ${counted(built.packages ?? 0, 'package')} at ${branch.cutoff}`);
  return { run: branch.run, result: 'frozen', image, python, platform, cutoff: branch.cutoff, ...built };
});

export default asExecutor(buildImage);
