/** Every step that has targets of its own, in the order of the chain; then what a person asks for. */
import { buildImageStep } from '../executors/build-image/definition';
import { buildxRefreshStep } from '../executors/buildx-refresh/definition';
import { checkConstraintsStep } from '../executors/check-constraints/definition';
import { constraintsStep } from '../executors/constraints/definition';
import { generateConstraintsStep } from '../executors/generate-constraints/definition';
import { planRefreshStep } from '../executors/plan-refresh/definition';
import { publishImagesStep } from '../executors/publish-images/definition';
import { pushConstraintsStep } from '../executors/push-constraints/definition';
import { refreshManualStep } from '../executors/refresh-manual/definition';
import { refreshStep } from '../executors/refresh/definition';
import { reportStep } from '../executors/report/definition';
import { setupBuilderStep } from '../executors/setup-builder/definition';
import { snapshotStep } from '../executors/snapshot/definition';
import { whyStep } from '../executors/why/definition';
import type { StepDefinition } from './definition';

export const chain: readonly StepDefinition[] = [
  snapshotStep,
  buildImageStep,
  generateConstraintsStep,
  checkConstraintsStep,
  whyStep,
  pushConstraintsStep,
  planRefreshStep,
  buildxRefreshStep,
  publishImagesStep,
  refreshStep,
  reportStep,
  constraintsStep,
  setupBuilderStep,
  refreshManualStep,
];
