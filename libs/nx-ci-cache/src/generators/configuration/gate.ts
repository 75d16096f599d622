/** The target that installs with the generated files: what is published was tried before. */
import { joinPathFragments, type TargetConfiguration, type Tree } from '@nx/devkit';
import type { RequirementSource } from '@nx-ci-cache/records';
import { recordPaths } from '@nx-ci-cache/records';
import { readJsonText, setInJson } from '../workspace/json-text';
import type { FoundProject } from '../workspace/find-project';

export interface GateOptions {
  readonly target: string;
  readonly pythons: readonly string[];
  readonly requirements: readonly RequirementSource[];
}

/** Whether it was written: a target of that name that is there already is the gate as it is. */
export const addGate = (tree: Tree, project: FoundProject, options: GateOptions): boolean => {
  const file = joinPathFragments(project.root, 'project.json');
  const manifest = joinPathFragments(project.root, 'package.json');
  const inManifest = readJsonText<{ nx?: { targets?: object } }>(tree, manifest)?.nx?.targets ?? {};
  if (!tree.exists(file)) tree.write(file, newProject(tree, project));
  const { targets = {} } = readJsonText<{ targets?: object }>(tree, file) ?? {};
  if (options.target in targets || options.target in inManifest) return false;
  setInJson(tree, file, ['targets', options.target], gateTarget(project.root, options));
  return true;
};

const newProject = (tree: Tree, { name, root }: FoundProject): string => {
  const up = root === '.' ? './' : '../'.repeat(root.split('/').length);
  const $schema = `${up}node_modules/nx/schemas/project-schema.json`;
  const isNamed = tree.exists(joinPathFragments(root, 'package.json'));
  return `${JSON.stringify({ $schema, ...(isNamed ? {} : { name }), targets: {} }, null, 2)}\n`;
};

export const gateTarget = (root: string, { pythons, requirements }: GateOptions): TargetConfiguration => ({
  executor: 'nx:run-commands',
  dependsOn: ['generate-constraints'],
  cache: true,
  inputs: ['default', { dependentTasksOutputFiles: '**/constraints-*.txt', transitive: true }],
  options: { commands: pythons.flatMap((python) => commandsOf(root, python, requirements)), parallel: false },
});

const commandsOf = (root: string, python: string, requirements: readonly RequirementSource[]): readonly string[] => {
  const environment = joinPathFragments('dist', root, 'gate', python);
  const constraints = recordPaths(root).constraints({ mode: 'constraints', python });
  const asked = requirements.flatMap((source) => argumentsOf(root, source));
  return [
    ['uv', 'venv', '--quiet', '--clear', '--no-project', '--python', python, environment],
    ['uv', 'pip', 'install', '--quiet', '--python', environment, '--constraints', constraints, ...new Set(asked)],
    ['uv', 'pip', 'check', '--python', environment],
  ].map((words) => words.map(quoted).join(' '));
};

const argumentsOf = (root: string, source: RequirementSource): readonly string[] => {
  if (typeof source === 'string') return [`--requirements=${joinPathFragments(root, source)}`];
  if (!('pyproject' in source)) return source.inline;
  const file = joinPathFragments(root, source.pyproject);
  return [
    `--requirements=${file}`,
    ...(source.extras ?? []).map((extra) => `--extra=${extra}`),
    ...(source.groups ?? []).map((group) => `--group=${file}:${group}`),
  ];
};

const quoted = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);
