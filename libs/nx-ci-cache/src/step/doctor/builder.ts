/** The builder: as described, and with a running node of its own for each platform. Nothing is made that stays. */
import { builderFault, lookAtBuilder, type Seen } from '@nx-ci-cache/images';
import type { Examined } from '@nx-ci-cache/report';
import { builderAsDescribed } from '../context/builder';
import { imageTools } from '../context/image-tools';
import { advice, findingOf, well, type Check } from './check';
import { examineNode } from './node';
import type { Patient } from './subject';

export const builderCheck: Check<Patient> = {
  name: 'builder',
  look: ({ context }) => {
    const definition = builderAsDescribed(context);
    const { platforms } = context.config;
    return lookAtBuilder({ buildx: imageTools(context).buildx, definition }, async (seen) => {
      const fault = builderFault(definition.name, seen.builder, []);
      if (fault !== undefined) throw fault;
      const nodes = await Promise.all(platforms.map((platform) => examinePlatform(definition.name, platform, seen)));
      const setUp = `nx run ${context.projectName}:setup-builder`;
      const itself = seen.made
        ? well(`${definition.name} is as described`)
        : advice(`${definition.name} is not made yet`, setUp);
      return [{ check: 'builder', ...itself }, ...nodes.flat()];
    });
  },
};

const examinePlatform = async (builder: string, platform: string, seen: Seen): Promise<readonly Examined[]> => {
  const fault = builderFault(builder, seen.builder, [platform]);
  if (fault !== undefined) return [{ check: 'node', ...findingOf(fault) }];
  const node = seen.builder?.nodes.find(({ explicit }) => explicit.includes(platform));
  return node === undefined ? [] : examineNode({ builder, platform, node, buildx: seen.buildx });
};
