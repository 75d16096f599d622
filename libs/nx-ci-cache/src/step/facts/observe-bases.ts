/** Base images are looked at by the steps that build from them: whoever only resolves needs no account at their registry. */
import type { LegSpec } from '@nx-ci-cache/config';
import { baseDigests } from '@nx-ci-cache/images';
import { writeJson } from '@nx-ci-cache/process';
import type { BaseFacts } from '@nx-ci-cache/records';
import type { StepContext } from '../context/context';
import { imageTools } from '../context/image-tools';

/** @throws CiCacheError `RegistryFailed` naming the first image that cannot be read. */
export const observeBases = (specs: readonly LegSpec[], context: StepContext): Promise<BaseFacts> =>
  baseDigests(
    imageTools(context).registry,
    specs.flatMap(({ bases }) => Object.values(bases)),
  );

/** One look for all legs: two legs of one image must not be built from two states of its base. */
export const writeBases = async (specs: readonly LegSpec[], context: StepContext): Promise<void> =>
  writeJson(context.at(context.paths.bases), await observeBases(specs, context));
