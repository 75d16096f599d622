/** The resolver on this machine. */
import { observeResolver } from '@nx-ci-cache/constraints';
import { well, type Check } from './check';

export const resolverCheck: Check<unknown> = { name: 'uv', look: async () => well(await observeResolver()) };
