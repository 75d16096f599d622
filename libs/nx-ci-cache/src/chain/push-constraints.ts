/** The one act on the constraints branch, behind check and gates. */
import { pushLine } from '@nx-ci-cache/report';
import type { PushRecord } from '@nx-ci-cache/records';
import { defineStep } from './definition';

export const pushConstraintsStep = defineStep({
  name: 'push-constraints',
  says: () => 'Pushes changed constraints after check and gates',
  after: (_part, { push }) => ['check-constraints', ...push.gates.map(gateDependency)],
  record: (_part, { paths }) => paths.push,
  line: async (_part, { paths, ofRun }) => pushLine(await ofRun<PushRecord>(paths.push)),
});

const gateDependency = (gate: string) => {
  const [project = '', target = ''] = gate.split(/:(.*)/s);
  return { projects: [project], target };
};
