/** What is looked at: a machine with a checkout, and a project whose configuration could be read. */
import { detectSource, type DetectedSource } from '@nx-ci-cache/branch';
import type { StepContext } from '../context/context';
import { nxVersion } from '../context/versions';

export interface Machine {
  readonly workspaceRoot: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly node: string;
  readonly nx: string | undefined;
}

export interface Patient {
  readonly context: StepContext;
  /** Undefined outside a checkout. */
  readonly source: DetectedSource | undefined;
}

export const machineOf = async (workspaceRoot: string, environment: NodeJS.ProcessEnv): Promise<Machine> => ({
  workspaceRoot,
  environment,
  node: process.versions.node,
  nx: await nxVersion(workspaceRoot),
});

export const patientOf = async (context: StepContext): Promise<Patient> => ({
  context,
  source: await detectSource(context.workspaceRoot, context.environment).catch(() => undefined),
});
