/** The text of a new ci-cache.json, with the comments that help its first reader. */
import { offsetFromRoot } from '@nx/devkit';
import type { BranchRule, RequirementSource } from '@nx-ci-cache/records';
import type { FoundProject } from '../workspace/find-project';
import { jsonLines } from './json-lines';

export interface Wanted {
  readonly project: FoundProject;
  readonly pythons: readonly string[];
  readonly requirements: readonly RequirementSource[];
  readonly excludes: readonly string[];
  readonly rule: BranchRule;
  /** In the form project:target. */
  readonly gate: string;
  readonly image?: WantedImage;
}

export interface WantedImage {
  readonly registry: string;
  readonly dockerfile: string;
  readonly bases: Readonly<Record<string, string>>;
  readonly buildArgs: Readonly<Record<string, string>>;
}

export const render = (wanted: Wanted): string => {
  const { project, pythons, requirements, excludes, rule, gate, image } = wanted;
  const mode = { requirements, ...(excludes.length > 0 && { excludes }) };
  const text = jsonLines({
    $schema: `${offsetFromRoot(project.root)}node_modules/nx-ci-cache/ci-cache.schema.json`,
    pythons,
    constraints: { modes: { constraints: mode } },
    push: { branches: [rule], gates: [gate] },
    ...(image && { images: { ci: imageOf(image, project.name) } }),
  });
  return `${Object.entries(comments).reduce((all, [key, comment]) => all.replace(`\n  "${key}"`, `\n  // ${comment}\n  "${key}"`), text)}\n`;
};

const comments = {
  constraints: 'One constraint file for each mode and Python.',
  push: 'Pushed to this branch once the gates have succeeded with the generated files.',
  images: 'Built anew, with a cache of its own, only when its constraints, sources or base images changed.',
};

const imageOf = ({ registry, dockerfile, bases, buildArgs }: WantedImage, project: string) => {
  const name =
    project
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-|-$/g, '') || 'app';
  const place = `${registry.replace(/\/+$/, '')}/${name}/{branch}`;
  return {
    dockerfile,
    ...(Object.keys(bases).length > 0 && { bases }),
    ...(Object.keys(buildArgs).length > 0 && { buildArgs }),
    repository: `${place}/{image}/python{python}`,
    cache: `${place}/cache/{image}-python{python}:{platform}`,
  };
};
