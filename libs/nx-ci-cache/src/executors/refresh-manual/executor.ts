/** The whole chain in one process, for a person when CI is red: no gates, and no moving tag is moved. */
import { frozenImagesOf } from '@nx-ci-cache/config';
import { withSharedContexts } from '@nx-ci-cache/images';
import { cellsOf, legsOf } from '@nx-ci-cache/records';
import { asExecutor } from '../../step/context/as-executor';
import type { StepContext } from '../../step/context/context';
import { resolutionsAtOnce } from '../../step/cells/resolve-facts';
import { step } from '../../step/recorded';
import { attemptEach, throwAll } from '../../step/each-part';
import { writeReport } from '../../step/report/write-report';
import { buildImage } from '../build-image/executor';
import { refreshImages } from '../buildx-refresh/executor';
import { checkConstraints } from '../check-constraints/executor';
import { generateConstraints } from '../generate-constraints/executor';
import { pushConstraints } from '../push-constraints/executor';
import { refresh } from '../refresh/executor';
import { snapshot } from '../snapshot/executor';
import { refreshManualStep } from '../../chain/refresh-manual';

export const refreshManual = step(refreshManualStep, (_options, outer) =>
  withSharedContexts((shared) => refreshWhole({ ...outer, byHand: true, shared })),
);

const refreshWhole = async (context: StepContext): Promise<void> => {
  const { config } = context;
  try {
    await snapshot({}, context);
    for (const frozen of frozenImagesOf(config)) await buildImage(frozen, context);
    const cells = await attemptEach(cellsOf(config), resolutionsAtOnce, (cell) => generateConstraints(cell, context));
    throwAll(cells.errors, 'cells');
    await checkConstraints({}, context);
    await pushConstraints({}, context);
    await refreshImages(legsOf(config), context);
  } catch (error) {
    await writeReport(context);
    throw error;
  }
  await refresh({}, context);
};

export default asExecutor(refreshManual);
