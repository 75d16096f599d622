/** Leg tags beside those of an image's legs: of platforms it had, also where no history tells of them. */
import { legSpec, type LegSpec, type RunValues } from '@nx-ci-cache/config';
import { readLegTag, type RegistryClient } from '@nx-ci-cache/images';
import { mapConcurrently } from '@nx-ci-cache/process';
import { type Config, leavesImage, type Leg, legsOf, legTag } from '@nx-ci-cache/records';

const atOnce = 8;

/** @throws CiCacheError `RegistryFailed`. */
export const unlistedLegs = async (config: Config, run: RunValues, registry: RegistryClient): Promise<LegSpec[]> => {
  const [platform = ''] = config.platforms;
  const known = new Set(legsOf(config).map(legTag));
  const parts = config.images
    .filter(leavesImage)
    .flatMap(({ name: image }) => config.pythons.map((python): Leg => ({ image, python, platform })));
  const found = await mapConcurrently(parts, atOnce, async (leg) => {
    const { repository } = legSpec(config, leg, run);
    const prefix = legTag({ ...leg, platform: '' });
    const tags = (await registry.tagsOf(repository)).filter((tag) => tag.startsWith(prefix) && !known.has(tag));
    const legs = await mapConcurrently(tags, atOnce, async (tag) => {
      const recorded = await readLegTag(registry, { legRef: `${repository}:${tag}` });
      if (typeof recorded === 'string') return [];
      const its = { ...leg, platform: recorded.inputs.platform };
      return legTag(its) === tag ? [legSpec(config, its, run)] : [];
    });
    return legs.flat();
  });
  return found.flat();
};
