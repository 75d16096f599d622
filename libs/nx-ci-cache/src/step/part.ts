/** From the options of a target to the part of its step that they name. */
import { invalid } from '@nx-ci-cache/config';
import type { Config } from '@nx-ci-cache/records';
import type { StepDefinition } from '../chain/definition';

/** @throws CiCacheError `OptionInvalid` when the project has no such part, naming those it has. */
export const partNamed = <Part extends object>(step: StepDefinition<Part>, options: object, config: Config): Part => {
  const { options: coordinatesOf } = step;
  if (step.parts === undefined || coordinatesOf === undefined) return options as Part;
  const parts = step.parts(config).map((part) => ({ part, coordinates: coordinatesOf(part) }));
  const asked = new Map<string, unknown>(Object.entries(options));
  const found = parts.find(({ coordinates }) =>
    Object.entries(coordinates).every(([name, value]) => asked.get(name) === value),
  );
  if (found !== undefined) return found.part;
  const names = Object.keys(parts[0]?.coordinates ?? {});
  const given = names.map((name) => asked.get(name)).join(' ');
  const allowed = parts.map(({ coordinates }) => Object.values(coordinates).join(' ')).join(', ');
  throw invalid(
    { file: config.file, key: names.join(', ') || step.name },
    given,
    allowed === '' ? `none: ${config.file} describes no part of ${step.name}` : `one of ${allowed}`,
  );
};
