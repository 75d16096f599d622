/** The argv of a build that is frozen, as a pure function: a folder comes out, nothing is pushed, no cache is written. */
import { cutoffArgument, type LegSpec } from '@nx-ci-cache/config';
import { csv } from '../builder/csv';
import { cacheFrom, commonArguments, type BuildPlace } from '../leg/arguments';

/** The build's specification: the leg's own, and the cut-off as a build argument that legs never get. */
export const frozenSpec = (spec: LegSpec, build: string, cutoff: string): LegSpec => ({
  ...spec,
  name: `build-image--${build}`,
  buildArgs: { ...spec.buildArgs, [cutoffArgument]: cutoff },
});

/** Constraint files, by their names on the branch, as the build finds them: all there and all empty, so that they bind nothing. */
export const emptyConstraints = ({ constraintFiles }: LegSpec): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.values(constraintFiles).map((file) => [file, '']));

/** @param folder absolute path that receives the exported files. */
export const freezeArguments = (spec: LegSpec, place: BuildPlace, folder: string, importedCache?: string): string[] => [
  ...commonArguments(spec, place),
  ...['--output', csv({ type: 'local', dest: folder })],
  ...(importedCache === undefined ? [] : cacheFrom(importedCache)),
  place.staged.context,
];
