/** Every step that has targets of its own, in the order of the chain; then what a person asks for. */
import { buildImageStep } from './build-image';
import { buildLegsStep } from './build-legs';
import { buildxRefreshStep } from './buildx-refresh';
import { checkConstraintsStep } from './check-constraints';
import { constraintsStep } from './constraints';
import { devImageStep } from './dev-image';
import { doctorStep } from './doctor';
import { generateConstraintsStep } from './generate-constraints';
import { importStep } from './import';
import { planRefreshStep } from './plan-refresh';
import { publishImagesStep } from './publish-images';
import { pruneStep } from './prune';
import { publishLegsStep } from './publish-legs';
import { pushConstraintsStep } from './push-constraints';
import { refreshManualStep } from './refresh-manual';
import { refreshStep } from './refresh';
import { reportStep } from './report';
import { setupBuilderStep } from './setup-builder';
import { snapshotStep } from './snapshot';
import { statusStep } from './status';
import { verifyStep } from './verify';
import { whyStep } from './why';
import type { StepDefinition } from './definition';

export const chain: readonly StepDefinition[] = [
  snapshotStep,
  buildImageStep,
  generateConstraintsStep,
  checkConstraintsStep,
  whyStep,
  importStep,
  pushConstraintsStep,
  planRefreshStep,
  buildxRefreshStep,
  publishImagesStep,
  refreshStep,
  reportStep,
  constraintsStep,
  buildLegsStep,
  publishLegsStep,
  setupBuilderStep,
  verifyStep,
  refreshManualStep,
  doctorStep,
  statusStep,
  pruneStep,
  devImageStep,
];
