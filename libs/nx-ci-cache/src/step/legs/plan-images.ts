/** The plan of each image: the same as before when its legs and tags are as they were, so that Nx starts no publishing. */
import { randomUUID } from 'node:crypto';
import { tagFaults, type RegistryClient } from '@nx-ci-cache/images';
import { mapConcurrently, writeJson } from '@nx-ci-cache/process';
import type { BranchFacts, ImagePlan, ImageReasons, PublishedImage, Reason } from '@nx-ci-cache/records';
import { partsOf } from '../../chain/definition';
import { publishImagesStep } from '../../chain/publish-images';
import type { StepContext } from '../context/context';
import { findSpec } from '../context/leg-specs';
import type { LegWithPlan } from './plan-leg';

export interface ImagesToPlan {
  readonly legs: readonly LegWithPlan[];
  readonly branch: BranchFacts;
  /** What `{constraints}` in tags stands for, when images may be tagged with it. */
  readonly constraintsCommit: string | undefined;
  /** Nothing is published: what needs an account may stay unseen. */
  readonly preview: boolean;
  readonly registry: RegistryClient;
  readonly context: StepContext;
}

const imagesAtOnce = 8;

/** Writes plans and reasons. @throws CiCacheError `RegistryFailed`: the registry gives no clear answer. */
export const planImages = (facts: ImagesToPlan): Promise<ImageReasons[]> => {
  const images = partsOf(publishImagesStep, facts.context.config);
  return mapConcurrently(images, imagesAtOnce, (image) => planImage(image, facts));
};

const planImage = async (published: PublishedImage, facts: ImagesToPlan): Promise<ImageReasons> => {
  const { at, paths } = facts.context;
  const { image, python } = published;
  const { plan, why } = await judgeImage(published, facts);
  await writeJson(at(paths.imageReasons(image, python)), why);
  await writeJson(at(paths.imagePlan(image, python)), plan);
  return why;
};

/** Writes nothing. @throws CiCacheError `RegistryFailed`. */
export const judgeImage = async (
  { image, python }: PublishedImage,
  facts: ImagesToPlan,
): Promise<{ readonly plan: ImagePlan; readonly why: ImageReasons }> => {
  const { branch, constraintsCommit, preview, registry, context } = facts;
  const legs = facts.legs.filter(({ spec }) => spec.image === image && spec.python === python);
  const [tags = []] = legs.map(({ spec }) => findSpec(spec, branch, context, constraintsCommit).tags);
  const platforms = legs.flatMap(({ spec: { platform }, fresh }) =>
    fresh?.digest === undefined
      ? []
      : [{ platform, digest: fresh.digest, ...(fresh.attestations && { attestations: fresh.attestations }) }],
  );
  const [repository = ''] = legs.map(({ spec }) => spec.repository);
  const reasons: readonly Reason[] =
    platforms.length < legs.length
      ? [{ kind: 'leg', text: 'legs are stale' }]
      : await tagFaults(registry, { repository, tags, platforms }, preview);
  const isNew = legs.some(({ fresh, plan }) => fresh === undefined && plan.buildId !== null);
  const plan: ImagePlan = {
    ...{ image, python, legs: legs.map(({ spec, plan: { buildId } }) => ({ leg: spec.name, buildId })) },
    tags: tags.map(({ name }) => name),
    ...(legs.some(({ leftOut }) => leftOut) ? { leftOut: true as const } : {}),
    ...(reasons.length === 0 || isNew ? {} : { id: randomUUID() }),
  };
  const why: ImageReasons = {
    ...{ run: branch.run, image, python, reasons },
    ...(reasons.length === 0 ? { platforms } : {}),
  };
  return { plan, why };
};
