/** The argv of a developer's build, as a pure function: an image comes to this machine, nothing is pushed, no cache is written. */
import type { LegSpec } from '@nx-ci-cache/config';
import { csv } from '../builder/csv';
import { cacheFrom, commonArguments, labelArguments, targetArguments, type BuildPlace } from '../leg/arguments';

export type DevOutput =
  /** Into the engine of this machine. */
  | { readonly kind: 'engine' }
  /** A file for `docker load`, or a folder in the layout of OCI; an absolute path. */
  | { readonly kind: 'archive' | 'layout'; readonly path: string };

/** @param name what the image is called where it has a name: in an engine. */
export const devArguments = (
  spec: LegSpec,
  place: BuildPlace,
  output: DevOutput,
  name: string,
  importedCache?: string,
): string[] => [
  ...[...commonArguments(spec, place), ...targetArguments(spec), ...labelArguments(spec)],
  ...['--output', csv(outputOf(output, name))],
  ...(importedCache === undefined ? [] : cacheFrom(importedCache)),
  place.staged.context,
];

const outputOf = (output: DevOutput, name: string): Readonly<Record<string, string>> => {
  switch (output.kind) {
    case 'engine':
      return { type: 'docker', name };
    case 'archive':
      return { type: 'docker', dest: output.path, name };
    case 'layout':
      return { type: 'oci', tar: 'false', dest: output.path };
  }
};
