/** The proof of the caches; a chore for a schedule, or a person. */
import { defineStep } from './definition';

export const verifyStep = defineStep({
  name: 'verify',
  says: () => 'Proves by builders that have nothing that every step of every leg is in its cache',
  configuration: 'file',
  record: (_part, { paths }) => paths.verify,
});
