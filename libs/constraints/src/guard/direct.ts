/** Guard of the direct requirements: each that applies to the file's Python must be pinned. */
import { isOwn } from '../requirements/own-packages';
import type { Guard } from './guard';

export const directRequirements: Guard = {
  name: 'direct-requirements',
  remedy:
    'Resolve the file again; if it stays missing, look at "excludes", "overrides" and the markers of that requirement.',
  refuse: ({ pins, own, proof }) => {
    if (proof === undefined) return [];
    if ('unproved' in proof.direct) return [`its direct requirements are not known: ${proof.direct.unproved}`];
    return proof.direct.value
      .filter((name) => !pins.has(name) && !isOwn(name, own))
      .map((name) => `${name} is required directly and has no pin`);
  },
};
