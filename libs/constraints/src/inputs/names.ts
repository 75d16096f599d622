/** File names inside the private folder a cell is resolved in. */
import { isPyproject } from '@nx-ci-cache/config';

/** Of the requirements at a place in the list; the resolver knows a pyproject.toml by its file name. */
export const inputName = (at: number, path = ''): string =>
  isPyproject(path) ? `input-${at}/pyproject.toml` : `input-${at}.txt`;

export const boundsName = (kind: 'constraints' | 'overrides' | 'build-constraints', at: number): string =>
  `${kind}-${at}.txt`;

/** Says which index each package of "sources" comes from, in the only form the resolver takes. */
export const sourcesName = 'sources/pyproject.toml';
export const limitsName = 'limits.txt';
export const excludesName = 'excludes.txt';
export const wheelsFolder = 'wheels';
export const outputName = 'output.txt';
export const configName = 'uv.toml';
