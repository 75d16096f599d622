/** Guard of the wheels: who asks for it publishes no pin that another platform of the project would have to build. */
import { missingText } from '../platforms/missing-wheels';
import type { Guard } from './guard';

export const wheelsEverywhere: Guard = {
  name: 'wheels-everywhere',
  remedy:
    'Bound the package to a release that has a wheel for each of "platforms"; or say "wheels": "warn" in constraints.guard.',
  refuse: ({ proof }, { wheels }) => (wheels === 'require' ? (proof?.missing ?? []).map(missingText) : []),
};
