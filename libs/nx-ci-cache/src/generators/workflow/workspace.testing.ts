/** A workspace of projects with a ci-cache.json, as a tree. */
import type { Tree } from '@nx/devkit';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';

/** What a project's ci-cache.json says. */
export interface Project {
  readonly branches?: readonly string[];
  readonly gates?: readonly string[];
  readonly hasImages?: boolean;
  /** Labels of the machines of its two nodes. */
  readonly runners?: readonly string[];
}

export const configuration = (
  name: string,
  { branches = ['main'], gates = [`${name}:test-with-constraints`], hasImages, runners }: Project,
) =>
  JSON.stringify({
    pythons: ['3.13'],
    ...(runners && {
      platforms: ['linux/amd64', 'linux/arm64'],
      builder: {
        nodes: ['linux/amd64', 'linux/arm64'].map((platform, at) => ({ platforms: [platform], runner: runners[at] })),
      },
    }),
    constraints: { modes: { constraints: { requirements: ['all.in'] } } },
    push: { branches: branches.map((from) => ({ from, to: 'constraints-main' })), gates },
    ...(hasImages && {
      images: {
        ci: {
          dockerfile: 'Dockerfile',
          repository: `r.example.com/${name}/{branch}/python{python}`,
          cache: `r.example.com/${name}/{branch}/cache/{image}-python{python}:{platform}`,
        },
      },
    }),
  });

export const setProject = (tree: Tree, name: string, project: Project): void => {
  tree.write(`apps/${name}/project.json`, JSON.stringify({ name }));
  tree.write(`apps/${name}/ci-cache.json`, configuration(name, project));
};

export const workspaceWith = (projects: Readonly<Record<string, Project>>): Tree => {
  const tree = createTreeWithEmptyWorkspace();
  for (const [name, project] of Object.entries(projects)) setProject(tree, name, project);
  return tree;
};
