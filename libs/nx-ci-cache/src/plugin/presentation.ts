/** How a project's page shows our targets, here by the names their steps give them: in the order of the pipeline, each with a command to try. */
import type { TargetConfiguration } from '@nx/devkit';
import type { Naming } from './naming';

type Targets = Readonly<Record<string, TargetConfiguration>>;

/** Nx sorts groups by their names, hence the numbers. */
const groups: Readonly<Record<string, readonly string[]>> = {
  '1 observe': ['snapshot', 'build-image'],
  '2 constraints': ['generate-constraints', 'check-constraints', 'push-constraints'],
  '3 images': ['plan-refresh', 'buildx-refresh', 'publish-images', 'build-legs', 'publish-legs'],
  '4 the whole': ['refresh', 'report', 'refresh-manual'],
  '5 on request': ['constraints', 'why', 'import', 'setup-builder', 'verify', 'doctor', 'status', 'prune', 'dev-image'],
};

/** Flags worth a try where a dry run is not. */
const examples: Readonly<Record<string, readonly string[]>> = {
  snapshot: ['--cutoff=2026-01-31T00:00:00Z'],
  'push-constraints': ['--answer=yes'],
  'plan-refresh': ['--force'],
  'build-legs': ['--constraints-commit=<commit>', '--only=<legs>'],
  'publish-legs': ['--constraints-commit=<commit>'],
  why: ['--package=urllib3'],
  status: ['--json'],
  'dev-image': ['--dest=dist/image.tar'],
  import: ['--branch=constraints-main'],
};

/** `metadata.targetGroups` of a project. A step that stands in no group is shown below them by Nx. */
export const targetGroups = (targets: Targets, naming: Naming): Record<string, string[]> => {
  const of = (steps: readonly string[]) => Object.keys(targets).filter((name) => steps.includes(stepOf(name)));
  return Object.fromEntries(
    Object.entries(groups)
      .map(([group, steps]) => [group, of(steps).map(naming)] as const)
      .filter(([, names]) => names.length > 0),
  );
};

/** @param run the command that runs a target, by the target's name. */
export const withHelp = (targets: Targets, run: (name: string) => string): Record<string, TargetConfiguration> =>
  Object.fromEntries(
    Object.entries(targets).map(([name, target]) => {
      const example = { args: [...(examples[stepOf(name)] ?? ['--dry-run'])] };
      return [name, { ...target, metadata: { ...target.metadata, help: { command: `${run(name)} --help`, example } } }];
    }),
  );

/** Of the name a step gives its target. */
const stepOf = (name: string): string => name.replace(/--.*/s, '');
