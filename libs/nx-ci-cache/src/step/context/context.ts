/** What every step is handed: its project's configuration, the run's switches, and a voice. Nothing else is global. */
import { join } from 'node:path';
import type { ExecutorContext, NxJsonConfiguration, ProjectsConfigurations, TaskGraph } from '@nx/devkit';
import { readSwitches, type Switches } from '@nx-ci-cache/config';
import type { SharedContexts } from '@nx-ci-cache/images';
import { recordPaths, type Config, type Job } from '@nx-ci-cache/records';
import { CiCacheError, readJson } from '@nx-ci-cache/process';
import type { Place, StepDefinition } from '../../chain/definition';
import { projectConfig } from '../../configuration/project-config';
import { snapshotStep } from '../../chain/snapshot';
import { askedOf, checkAsked } from './asked';
import { targetDoing, type Workspace } from './own-tasks';
import { voiceOf, type Voice } from './voice';

export interface StepContext extends Place, Voice {
  readonly workspaceRoot: string;
  readonly projectName: string;
  /** `project:target` that runs now. */
  readonly taskName: string;
  /** The absolute form of such a path. */
  readonly at: (path: string) => string;
  readonly switches: Switches;
  readonly environment: NodeJS.ProcessEnv;
  /** Whether a person runs the whole chain in one process: without gates, and without the moving tag. */
  readonly byHand: boolean;
  /** What this process does of a run that several jobs share; absent where it does all. */
  readonly job?: Job;
  /** What the legs of this process have in common; absent where there is one leg. */
  readonly shared?: SharedContexts;
  readonly taskGraph: TaskGraph | undefined;
  /** Every project of the workspace by name, with its targets. */
  readonly projects: ProjectsConfigurations['projects'];
  /** Those of nx.json, by name. */
  readonly namedInputs: NonNullable<NxJsonConfiguration['namedInputs']>;
}

/** @throws CiCacheError `OptionInvalid` for a project without a sound configuration, or for an ill-formed switch. */
export const openContext = async (
  context: ExecutorContext,
  { configuration = 'facts' }: Pick<StepDefinition, 'configuration'>,
): Promise<StepContext> => {
  const asked = askedOf(context);
  await checkAsked(asked, context);
  const { projectName = '', root: workspaceRoot } = context;
  const projectRoot = projectRootOf(context);
  const paths = recordPaths(projectRoot);
  const facts = configuration === 'file' ? undefined : await readJson<Config>(join(workspaceRoot, paths.config));
  if (facts === undefined && configuration === 'facts')
    throw notObserved(paths.config, {
      projectName,
      projects: context.projectsConfigurations.projects,
      taskGraph: context.taskGraph,
    });
  return {
    workspaceRoot,
    projectName,
    taskName: `${projectName}:${context.targetName}`,
    config: facts ?? projectConfig(projectRoot, workspaceRoot),
    paths,
    at: (path) => join(workspaceRoot, path),
    switches: readSwitches(asked),
    environment: process.env,
    byHand: false,
    taskGraph: context.taskGraph,
    projects: context.projectsConfigurations.projects,
    namedInputs: context.nxJsonConfiguration?.namedInputs ?? {},
    ...voiceOf(`${projectName}:${context.targetName}`),
  };
};

/** Relative to the workspace; empty for a project that is its root. */
export const projectRootOf = ({ projectName = '', projectsConfigurations }: ExecutorContext): string =>
  projectsConfigurations.projects[projectName]?.root ?? '';

const notObserved = (path: string, workspace: Workspace) =>
  new CiCacheError('OptionInvalid', `${path} is missing`, {
    remedy: `Run this target with its dependencies, or run ${targetDoing(snapshotStep, {}, workspace)} first.`,
  });
