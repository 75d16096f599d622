/** The legs in a job of their own, on another machine than the one that planned them: only git and the registry are shared. */
import { defineStep } from './definition';

export const buildLegsStep = defineStep({
  name: 'build-legs',
  says: () => 'Builds legs with constraints that another job has pushed',
  parts: ({ images }) => (images.length === 0 ? [] : [{}]),
  configuration: 'file',
});
