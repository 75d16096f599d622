/** What the workspace must not do to the push: drop a misspelt gate, which Nx does silently, or replay it, or a gate, from a cache. */
import { closeMatches, invalid } from '@nx-ci-cache/config';
import { CiCacheError } from '@nx-ci-cache/process';
import type { StepContext } from '../context/context';
import { cellsUsedBy } from './gate-files';

/** @throws CiCacheError `OptionInvalid` for a gate no project has, `PushRefused` for a push or a gate Nx may replay. */
export const checkWorkspace = (context: StepContext): void => {
  checkGates(context);
  checkNotCached(context);
  for (const gate of context.config.push.gates) cellsUsedBy(gate, context);
};

const checkGates = ({ config, projects }: StepContext): void => {
  const known = Object.entries(projects).flatMap(([name, { targets = {} }]) =>
    Object.keys(targets).map((target) => `${name}:${target}`),
  );
  for (const [at, gate] of config.push.gates.entries()) {
    const key = `push.gates[${at}]`;
    if (isContinuous(gate, projects))
      throw invalid({ file: config.file, key }, gate, 'a target that ends: a continuous one passes nothing');
    if (known.includes(gate)) continue;
    const close = closeMatches(gate, known);
    const perhaps = close.length === 0 ? '' : `; perhaps ${close.join(' or ')}`;
    throw invalid({ file: config.file, key }, gate, `a target of this workspace${perhaps}`);
  }
};

const isContinuous = (gate: string, projects: StepContext['projects']): boolean => {
  const [project = '', ...target] = gate.split(':');
  return projects[project]?.targets?.[target.join(':')]?.continuous === true;
};

const checkNotCached = ({ projects, projectName }: StepContext): void => {
  if (projects[projectName]?.targets?.['push-constraints']?.cache !== true) return;
  throw new CiCacheError('PushRefused', `${projectName}:push-constraints has "cache": true`, {
    remedy:
      'Remove it from project.json, package.json or targetDefaults in nx.json: a push from a cache pushes nothing.',
  });
};
