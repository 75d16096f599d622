/** The one act on the constraints branch, behind check and gates. */
import { pushLine } from '@nx-ci-cache/report';
import type { PushRecord } from '@nx-ci-cache/records';
import { defineStep } from './definition';

export const pushConstraintsStep = defineStep({
  name: 'push-constraints',
  says: () => 'Pushes changed constraints after check and gates',
  // As texts: of a gate that no project has Nx then says nothing, and the snapshot names it.
  after: (_part, { push }) => ['check-constraints', ...push.gates],
  record: (_part, { paths }) => paths.push,
  line: async (_part, { paths, ofRun }) => pushLine(await ofRun<PushRecord>(paths.push)),
});
