/** The run of a project that writes what another one writes is refused: inference shows the fault, and a graph may be old. */
import type { ProjectConfiguration } from '@nx/devkit';
import type { Config } from '@nx-ci-cache/records';
import { isConfigured } from '../configuration/options';
import { configurationsOf } from './configurations';

interface Run {
  readonly config: Config;
  readonly workspaceRoot: string;
  /** Every project of the workspace. */
  readonly projects: Readonly<Record<string, Pick<ProjectConfiguration, 'root' | 'targets'>>>;
}

/** @throws CiCacheError `OptionInvalid` naming both files. */
export const refuseClash = ({ config, projects, workspaceRoot }: Run): void => {
  const roots = Object.values(projects).flatMap(({ root, targets }) => (isConfigured(targets) ? [root] : []));
  const fault = configurationsOf(roots, workspaceRoot).get(config.projectRoot)?.fault;
  if (fault !== undefined) throw fault;
};
