/** What is left over in registries; a chore for a person, or a schedule that says yes. */
import { defineStep } from './definition';

export const pruneStep = defineStep({
  name: 'prune',
  says: () => 'Lists what registries hold that the configuration needs no more, and removes it with an answer',
  configuration: 'file',
  record: (_part, { paths }) => paths.prune,
});
