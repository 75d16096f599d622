/** From the options of a target to the parts of its step that they name: without coordinates it is the whole step. */
import { invalid } from '@nx-ci-cache/config';
import type { Config } from '@nx-ci-cache/records';
import type { StepDefinition } from '../chain/definition';

/** Options that tell a part of a step from the others. */
export const coordinateNames = ['mode', 'image', 'python', 'platform'] as const;

export const hasCoordinates = (options: object): boolean => namesIn(options).length > 0;

/** @throws CiCacheError `OptionInvalid` when the project has no such part, naming those it has. */
export const partsNamed = <Part extends object>(
  step: StepDefinition<Part>,
  options: object,
  config: Config,
): readonly Part[] => {
  if (step.parts === undefined) return [options as Part];
  const asked = options as Readonly<Record<string, unknown>>;
  const named = namesIn(options);
  const parts = step.parts(config).map((part) => ({ part, coordinates: step.options?.(part) ?? {} }));
  const found = parts.filter(({ coordinates }) => named.every((name) => isNamed(coordinates[name], asked[name])));
  if (found.length > 0 || named.length === 0) return found.map(({ part }) => part);
  const allowed = [...new Set(parts.map(({ coordinates }) => named.map((name) => coordinates[name]).join(' ')))];
  throw invalid(
    { file: config.file, key: named.join(', ') },
    named.map((name) => asked[name]).join(' '),
    allowed.length === 0 ? `none: ${config.file} describes no part of ${step.name}` : `one of ${allowed.join(', ')}`,
  );
};

/** Nx hands over what looks like a number as one, without the zeros at its end; there is no Python 3.1 beside 3.10. */
export const isNamed = (coordinate: unknown, asked: unknown): boolean =>
  coordinate === asked || (typeof asked === 'number' && Number(coordinate) === asked);

const namesIn = (options: object) =>
  coordinateNames.filter((name) => (options as Readonly<Record<string, unknown>>)[name] !== undefined);
