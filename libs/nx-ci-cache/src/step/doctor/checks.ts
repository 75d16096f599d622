/** Every check, in the order of a run. */
import { branchRuleCheck } from './branch-rule';
import { builderCheck } from './builder';
import type { Check } from './check';
import { checkoutCheck } from './checkout';
import { gatesCheck } from './gates';
import { imagesCheck } from './images';
import { packageIndexCheck } from './package-index';
import { registryCheck } from './registry';
import { remoteCheck } from './remote';
import { resolverCheck } from './resolver';
import { sourcesCheck } from './sources';
import type { Machine, Patient } from './subject';
import { judgeNode, judgeNx } from './versions';

/** Those that need no configuration. */
export const machineChecks: readonly Check<Machine>[] = [
  { name: 'Node', look: ({ node }) => judgeNode(node) },
  { name: 'Nx', look: ({ nx }) => judgeNx(nx) },
  checkoutCheck,
  resolverCheck,
];

const constraintChecks: readonly Check<Patient>[] = [
  branchRuleCheck,
  remoteCheck,
  sourcesCheck,
  packageIndexCheck,
  gatesCheck,
];

/** Those of the machines that a run builds on and pushes to: what `setup-builder --check` looks at. */
export const machineryChecks: readonly Check<Patient>[] = [builderCheck, registryCheck];

const imageChecks: readonly Check<Patient>[] = [imagesCheck, ...machineryChecks];

/** A project without images needs no registry and no builder. */
export const checksOf = ({ context: { config } }: Patient): readonly Check<Patient>[] =>
  config.images.length === 0 ? constraintChecks : [...constraintChecks, ...imageChecks];
