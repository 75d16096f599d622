/** What each step reads from the workspace, as inputs: `affected` of Nx 24 goes by them, and of Nx 22 and 23 by them and the graph. */
import type { Config } from '@nx-ci-cache/records';
import type { TaskInput } from './plugin-inputs';
import { constraintSources, imageSources, together, type Led, type Sources } from './sources';

export interface Reader {
  readonly config: Config;
  /** Configurations of the projects whose images this one stands on. */
  readonly bases: readonly Config[];
  readonly led: Led;
}

/** Inputs of a target by its step and the options that name its part; what comes through a task before it is not among them. */
export const readsOf = (step: string, options: Readonly<Record<string, unknown>>, reader: Reader): TaskInput[] => {
  const sources = sourcesOfStep(step, options, reader);
  return [...filesets(sources), ...(step === 'push-constraints' ? gateInputs(reader.config) : [])];
};

const sourcesOfStep = (
  step: string,
  { image }: Readonly<Record<string, unknown>>,
  { config, bases, led }: Reader,
): Sources => {
  switch (step) {
    case 'snapshot':
      return constraintSources(config, led);
    case 'build-image':
      return imageSources(config, String(image));
    case 'plan-refresh':
      return together(
        imageSources(config),
        ...bases.map((base) => together(constraintSources(base, led), imageSources(base))),
      );
    case 'verify':
    case 'build-legs':
    case 'publish-legs':
    case 'dev-image':
      return imageSources(config);
    case 'refresh-manual':
      return together(constraintSources(config, led), imageSources(config));
    default:
      return { files: [...config.files], folders: [] };
  }
};

const filesets = ({ files, folders }: Sources): string[] => [
  ...files.map(fileInput),
  ...folders.map((folder) => `{workspaceRoot}/${folder === '.' ? '' : `${glob(folder)}/`}**/*`),
];

export const fileInput = (file: string): string => `{workspaceRoot}/${glob(file)}`;

/** An input is a glob, and Nx knows no escape: what a glob reads otherwise stands for any one character. */
const glob = (path: string): string => path.replace(/[^\p{L}\p{N}\p{M} ./_~-]/gu, '?');

/** A gate that is no longer what it was may refuse. */
const gateInputs = ({ push }: Config): TaskInput[] => {
  const projects = [...new Set(push.gates.map((gate) => gate.replace(/:.*$/s, '')))];
  return projects.length === 0 ? [] : [{ input: 'default', projects }];
};
