/** What the workspace must not do to the push: drop a misspelt gate, which Nx does silently, or replay a gate from a cache. */
import { closeMatches, invalid } from '@nx-ci-cache/config';
import type { StepContext } from '../context/context';
import { cellsUsedBy } from './gate-files';

/** @throws CiCacheError `OptionInvalid` for a gate no project has, `PushRefused` for a gate Nx may replay. */
export const checkWorkspace = (context: StepContext): void => {
  checkGates(context);
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
