/** The builder: there, and with a running node of its own for each platform. Nothing is made here. */
import { builderFault, observeBuilder } from '@nx-ci-cache/images';
import { builderAsDescribed } from '../context/builder';
import { imageTools } from '../context/image-tools';
import { well, type Check } from './check';
import type { Patient } from './subject';

export const builderCheck: Check<Patient> = {
  name: 'builder',
  look: async ({ context }) => {
    const { platforms } = context.config;
    const definition = builderAsDescribed(context);
    const observed = await observeBuilder({ buildx: imageTools(context).buildx, definition });
    const fault = builderFault(definition.name, observed, platforms);
    if (fault !== undefined) throw fault;
    return well(`${definition.name} has a running node for ${platforms.join(', ')}`);
  },
};
