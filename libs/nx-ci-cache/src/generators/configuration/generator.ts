/** Writes the first ci-cache.json of a project, and the gate that tries what it generates. */
import { joinPathFragments, logger } from '@nx/devkit';
import { configFileName, parseConfig } from '@nx-ci-cache/config';
import { asGenerator } from '../as-generator';
import { addPlugin } from '../init/add-plugin';
import { ignoreOutputs } from '../init/ignore-outputs';
import { writeWorkflows } from '../workflow/write-workflows';
import { findProject } from '../workspace/find-project';
import { listOf } from '../workspace/list';
import { optionInvalid } from '../workspace/option-invalid';
import { refuseOverwrite } from '../workspace/overwrite';
import { projectFiles } from '../workspace/project-files';
import { branchRule } from './branch-rule';
import { findDockerfiles } from './find-dockerfile';
import { findPython } from './find-python';
import { namedPythons } from './named-pythons';
import { findRequirements, namedRequirements } from './find-requirements';
import { addGate } from './gate';
import { prepareImage } from './image';
import { render } from './render';

export interface ConfigurationOptions {
  /** Name or folder. */
  readonly project: string;
  /** Separated by commas. Default: what the project says. */
  readonly pythons?: string | number;
  /** Files, separated by commas. Default: those that are found. */
  readonly requirements?: string;
  readonly branch?: string;
  readonly constraintsBranch?: string;
  /** A target of this project, or `project:target`. */
  readonly gate?: string;
  /** Whether a CI image is refreshed too. Default: when a registry is named. */
  readonly image?: boolean;
  readonly registry?: string;
  readonly baseImage?: string;
  /** CIs whose workflow is written too. Default: none. */
  readonly ci?: readonly string[];
  readonly force?: boolean;
}

export default asGenerator<ConfigurationOptions>(async (tree, options) => {
  const project = findProject(tree, options.project);
  const file = joinPathFragments(project.root, configFileName);
  refuseOverwrite(tree, file, options.force ?? false);
  const files = projectFiles(tree, project.root);

  const found = findPython(files);
  const named = namedPythons(options.pythons);
  const pythons = named.length > 0 ? named : [found.python];
  const wanted = listOf(options.requirements);
  const { requirements, excludes, notes } =
    wanted.length > 0 ? namedRequirements(files, wanted) : findRequirements(files);
  const gate = gateOf(options.gate || 'test-with-constraints', project.name);
  const registry = registryOf(options);
  const baseImage = options.baseImage || 'python:{python}-slim';
  const image = registry === undefined ? undefined : prepareImage(files, { registry, pythons, baseImage });

  const rule = branchRule(tree, options.branch, options.constraintsBranch);
  const text = render({
    project,
    pythons,
    requirements,
    excludes,
    rule,
    gate: `${gate.project}:${gate.target}`,
    ...(image && { image: image.image }),
  });
  // Nothing is written that the first step would refuse.
  parseConfig(text, project.root);

  addPlugin(tree);
  ignoreOutputs(tree);
  image?.write(tree);
  tree.write(file, text);
  const workflows = await writeWorkflows(tree, { ci: options.ci ?? [], force: options.force ?? false });
  const isOwn = gate.project === project.name && addGate(tree, project, { target: gate.target, pythons, requirements });
  return () => {
    const python = named.length > 0 ? '' : `Python ${found.python}: ${found.because}`;
    const dockerfiles = image
      ? image.notes
      : findDockerfiles(files).map((path) => `${path}: no image without --registry`);
    for (const note of [python, ...notes, ...dockerfiles]) if (note !== '') logger.info(`  ${note}`);
    for (const wrote of [file, ...workflows.map((workflow) => workflow.file)]) logger.info(`Wrote ${wrote}.`);
    for (const { next } of workflows) if (next !== undefined) logger.info(`  → ${next}`);
    if (isOwn)
      logger.info(`Wrote the gate ${gate.project}:${gate.target}: it installs; add your tests to its commands.`);
    logger.info(`Next: commit, then look with npx nx run ${project.name}:refresh; --answer=yes publishes.`);
  };
});

const gateOf = (text: string, own: string) => {
  const [, project = own, target = ''] = /^(?:([^\s:]+):)?(\S+)$/.exec(text) ?? [];
  if (target === '') throw optionInvalid('gate', text, 'a target of the project, or project:target');
  return { project, target };
};

const registryOf = ({ image, registry }: ConfigurationOptions): string | undefined => {
  if (image === false) return undefined;
  if (registry) return registry;
  if (image !== true) return undefined;
  throw optionInvalid(
    'registry',
    undefined,
    'where images are published, e.g. registry.example.com/acme',
    'Give --registry, or --image=false.',
  );
};
