/** Steps of ours at the end of the stage that is the image. */
import type { LegSpec } from '@nx-ci-cache/config';
import { readStages } from './base-images';

export interface WithSteps {
  /** Lines up to the end of that stage, the steps included. */
  readonly upTo: readonly string[];
  readonly behind: readonly string[];
  /** Number of the stage, as `COPY --from` takes it. */
  readonly at: number;
}

/** @throws CiCacheError `OptionInvalid` for a Dockerfile without a stage, or without the one that is the image. */
export const inTargetStage = (spec: LegSpec, text: string, steps: readonly string[]): WithSteps => {
  const { stages, target } = readStages(spec.dockerfile, text, spec);
  const at = stages.indexOf(target);
  const following = stages[at + 1]?.from.line;
  const lines = text.trimEnd().split('\n');
  const end = following === undefined ? lines.length : following - 1;
  return { upTo: [...lines.slice(0, end), ...steps], behind: lines.slice(end), at };
};
