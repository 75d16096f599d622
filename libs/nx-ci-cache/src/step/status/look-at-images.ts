/** Each published index: what consumers get by the moving tag now, and why plan-refresh would have it written. */
import { indexState, type RegistryClient } from '@nx-ci-cache/images';
import { mapConcurrently } from '@nx-ci-cache/process';
import { legsOfImage, type PublishedImage } from '@nx-ci-cache/records';
import type { ImageStatus, Trouble } from '@nx-ci-cache/report';
import { partsOf } from '../../chain/definition';
import { publishImagesStep } from '../../chain/publish-images';
import type { StepContext } from '../context/context';
import { findSpec } from '../context/leg-specs';
import { judgeImage } from '../legs/plan-images';
import type { LegWithPlan } from '../legs/plan-leg';
import { troubleOf } from './attempt';
import type { SeenBranch } from './look-at-branch';

interface LookedAt {
  readonly image: ImageStatus;
  readonly troubles: readonly Trouble[];
}

const imagesAtOnce = 8;

/** @param planned those of the legs that could be judged. */
export const lookAtImages = (
  planned: readonly LegWithPlan[],
  seen: SeenBranch,
  registry: RegistryClient,
  context: StepContext,
): Promise<LookedAt[]> =>
  mapConcurrently(partsOf(publishImagesStep, context.config), imagesAtOnce, (each) =>
    lookAtImage(each, planned, seen, registry, context),
  );

const lookAtImage = async (
  published: PublishedImage,
  planned: readonly LegWithPlan[],
  seen: SeenBranch,
  registry: RegistryClient,
  context: StepContext,
): Promise<LookedAt> => {
  const { image, python } = published;
  const { branch } = seen;
  const own = legsOfImage(published, context.config);
  const constraintsCommit = branch.tip ?? undefined;
  const [spec] = own.map((leg) => findSpec(leg, branch, context, constraintsCommit));
  if (spec === undefined) throw new Error('an image without legs is none of the configuration');
  const { repository, tags } = spec;
  const tag = tags.at(-1)?.name ?? 'latest';
  const named = { name: `${image}-${python}`, image, python, reference: `${repository}:${tag}` };
  try {
    const held = await indexState(registry, { repository, tag, platforms: own.map(({ platform }) => platform) });
    const legs = planned.filter((leg) => leg.spec.image === image && leg.spec.python === python);
    const judged = legs.length === own.length;
    const { why } = judged
      ? await judgeImage(published, { legs: planned, branch, constraintsCommit, preview: true, registry, context })
      : { why: { reasons: [] } };
    const { state, digest, fault } = held;
    return {
      image: { ...named, state, ...(digest === undefined ? {} : { digest }), reasons: why.reasons },
      troubles: state === 'broken' ? [{ what: named.name, says: `${named.reference} ${fault}` }] : [],
    };
  } catch (error) {
    return { image: { ...named, state: 'unknown', reasons: [] }, troubles: [troubleOf(named.name, error)] };
  }
};
