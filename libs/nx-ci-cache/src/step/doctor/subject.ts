/** What is looked at: a machine with a checkout, and a project whose configuration could be read. */
import { readFile } from 'node:fs/promises';
import { detectSource, type DetectedSource } from '@nx-ci-cache/branch';
import type { StepContext } from '../context/context';

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

/** Of the file itself: loading the devkit to ask would cost more than all the rest. */
const nxVersion = async (workspaceRoot: string): Promise<string | undefined> => {
  try {
    const file = require.resolve('nx/package.json', { paths: [workspaceRoot] });
    return (JSON.parse(await readFile(file, 'utf8')) as { version: string }).version;
  } catch {
    return undefined;
  }
};
