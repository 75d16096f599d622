/** Reads the resolver's annotated output: what was pinned, and by whom each package is required. */
import type { CellFacts } from '@nx-ci-cache/records';
import { pinsOf, readLines } from '../file/lines';
import type { Pins } from '../file/pins';
import { inputName, sourcesName } from '../inputs/names';

/** Who requires each package: names of packages, and of requirement files as ci-cache.json writes them. */
export type Requirers = ReadonlyMap<string, readonly Requirer[]>;

export type Requirer = { readonly package: string } | { readonly input: string };

export interface Annotated {
  readonly pins: Pins;
  readonly requirers: Requirers;
}

/** Arguments behind which the output is one line per package with its requirers. */
export const annotate: readonly string[] = ['--annotate', '--annotation-style', 'line'];

/** The pins alone. */
export const withoutAnnotations = (output: string): string => output.replaceAll(/[ \t]+# via .*$/gm, '');

/** @param output of the resolver run with `annotate`. */
export const readAnnotated = (output: string, { requirements }: Pick<CellFacts, 'requirements'>): Annotated => {
  const inputs = new Map(requirements.map(({ path }, at) => [inputName(at, path), path]));
  inputs.set(sourcesName, '"sources" of "index"');
  const rows = output.split('\n').map((line) => line.split(/\s+# via /, 2));
  const pins = pinsOf(readLines(rows.map(([pin = '']) => pin).join('\n')));
  const requirers = rows.flatMap(([pin = '', via = '']): [string, Requirer[]][] => {
    const [line] = readLines(pin);
    if (line?.name === undefined) return [];
    return [[line.name, via.split(', ').flatMap((each) => requirerOf(each, inputs))]];
  });
  return { pins, requirers: new Map(requirers) };
};

/** Constraints, limits and overrides are named as well: they bound a package, they do not require it. */
const requirerOf = (text: string, inputs: ReadonlyMap<string, string>): Requirer[] => {
  const [, file] = /^-r (.*)$/.exec(text) ?? [];
  if (file !== undefined) return [{ input: inputs.get(file) ?? file }];
  // A group is named behind its file.
  const [, project] = /\(([^()]*\.toml)(?::[^()]+)?\)$/.exec(text) ?? [];
  if (project !== undefined) return [{ input: inputs.get(project) ?? project }];
  return text === '' || text.startsWith('-') ? [] : [{ package: text }];
};

/** As one word for a table. */
export const requirerName = (requirer: Requirer): string => ('package' in requirer ? requirer.package : requirer.input);
