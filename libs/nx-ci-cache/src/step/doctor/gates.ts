/** The gates: targets of this workspace, one of which stands behind the generated files. */
import type { ProjectsConfigurations } from '@nx/devkit';
import { minimatch } from 'minimatch';
import type { Finding } from '@nx-ci-cache/report';
import { checkWorkspace } from '../push/workspace-rules';
import type { StepContext } from '../context/context';
import { well, wrong, type Check } from './check';
import type { Patient } from './subject';

type Projects = ProjectsConfigurations['projects'];

export const gatesCheck: Check<Patient> = {
  name: 'gates',
  look: ({ context }) => {
    checkWorkspace(context);
    return judgeGates(context);
  },
};

/** A run proves it by its task graph; here it is what the targets say. */
export const judgeGates = ({
  config: { file, push },
  projectName,
  projects,
}: Pick<StepContext, 'config' | 'projectName' | 'projects'>): Finding => {
  const using = push.gates.filter((gate) => reachesCells(gate, projectName, projects));
  if (using.length > 0) return well(`${using.join(', ')} ${using.length === 1 ? 'uses' : 'use'} the generated files`);
  if (push.allowUntested) return well('none is asked for: push.allowUntested');
  const own = `"dependsOn": [{ "projects": ["${projectName}"], "target": "generate-constraints" }]`;
  return push.gates.length === 0
    ? wrong(
        'push.gates names no gate',
        `Name a target that installs with the generated files in push.gates of ${file}.`,
      )
    : wrong(`no gate uses the generated files: ${push.gates.join(', ')}`, `Add ${own} to one of them.`);
};

const reachesCells = (gate: string, projectName: string, projects: Projects): boolean => {
  const seen = new Set<string>();
  const left = [gate];
  for (let name = left.pop(); name !== undefined; name = left.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    const { project, executor, dependsOn = [] } = targetNamed(name, projects);
    if (project === projectName && executor === 'nx-ci-cache:generate-constraints') return true;
    left.push(...dependsOn.flatMap((entry) => namesOf(entry, project, projects)));
  }
  return false;
};

const targetNamed = (name: string, projects: Projects) => {
  const [project = '', ...rest] = name.split(':');
  return { project, ...projects[project]?.targets?.[rest.join(':')] };
};

type Dependency = NonNullable<ReturnType<typeof targetNamed>['dependsOn']>[number];

/** `^target` and `dependencies` go by the project graph, which any project may be part of: all of them are followed. */
const namesOf = (entry: Dependency, project: string, projects: Projects): string[] => {
  const all = Object.keys(projects);
  if (typeof entry === 'string') {
    if (entry.startsWith('^')) return matching(all, entry.slice(1), projects);
    return entry.includes(':') ? [entry] : matching([project], entry, projects);
  }
  if (entry.dependencies === true) return matching(all, entry.target, projects);
  const among = entry.projects === undefined ? [project] : [entry.projects].flat();
  const names = among.flatMap((name) => (name === 'self' ? [project] : all.filter((each) => minimatch(each, name))));
  return matching(names, entry.target, projects);
};

const matching = (names: readonly string[], target: string, projects: Projects): string[] =>
  names.flatMap((name) =>
    Object.keys(projects[name]?.targets ?? {})
      .filter((each) => minimatch(each, target))
      .map((each) => `${name}:${each}`),
  );
