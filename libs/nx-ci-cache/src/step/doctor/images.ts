/** What images are built from: Dockerfile and context in the commit, and bases that are pinned or watched and can be read. */
import { readSourceContext, refuseDirty, refuseFaults } from '@nx-ci-cache/images';
import type { LegSpec } from '@nx-ci-cache/config';
import type { DetectedSource } from '@nx-ci-cache/branch';
import type { Finding } from '@nx-ci-cache/report';
import { observeBases } from '../facts/observe-bases';
import type { StepContext } from '../context/context';
import { findingOf, unseen, well, type Check } from './check';
import { specsOf } from './specs';
import type { Patient } from './subject';

export const imagesCheck: Check<Patient> = {
  name: 'images',
  look: async ({ context, source }) => {
    if (source === undefined) return unseen('needs a checkout');
    const specs = specsOf(context, source);
    const dockerfiles = [...new Map(specs.map((spec) => [placesOf(spec), spec])).values()];
    const sources = await Promise.all(dockerfiles.map((spec) => lookAtSources(spec, source, context).catch(findingOf)));
    const bases = await observeBases(specs, { commit: source.commit }, context).then(
      (digests) => well(`base images can be read: ${Object.keys(digests).join(', ') || 'none is watched'}`),
      findingOf,
    );
    // A Dockerfile that cannot be read names no bases: said once.
    return sources.some(({ says }) => says === bases.says) ? sources : [...sources, bases];
  },
};

const placesOf = ({ dockerfile, context, contexts }: LegSpec): string =>
  JSON.stringify([dockerfile, context, contexts]);

const lookAtSources = async (spec: LegSpec, source: DetectedSource, context: StepContext): Promise<Finding> => {
  const from = { workspaceRoot: context.workspaceRoot, commit: source.commit };
  const read = await readSourceContext(from, spec);
  await refuseFaults(from, [spec], { needsFiles: () => true });
  await refuseDirty(from, spec, read);
  return well(`${spec.dockerfile}: committed, every image of it pinned or watched`);
};
