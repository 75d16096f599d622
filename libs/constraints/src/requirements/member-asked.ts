/** The project that a line of requirements names by its folder, and the line that asks for it by its name. */
import { posix } from 'node:path';
import { invalid, normaliseName, type Place } from '@nx-ci-cache/config';
import { extrasOf } from './extras';
import type { Text } from './follow';
import { memberLine } from './member-line';
import type { AskedProject } from './members';
import { shown } from './requirement';
import type { ModeSource } from './source-file';
import { tableIn } from './toml';
import type { UvWorkspaces } from './uv-workspace';

export interface AskedByPath extends AskedProject {
  readonly line: string;
}

interface Asking {
  readonly text: Text;
  readonly place: Place;
  readonly source: ModeSource;
  readonly workspaces: UvWorkspaces;
}

/** Undefined for a line that names no folder. @throws CiCacheError `OptionInvalid` for a folder that says nothing of itself. */
export const memberAsked = (line: string, { text, place, source, workspaces }: Asking): AskedByPath | undefined => {
  const asked = memberLine(line);
  if (asked === undefined) return undefined;
  const value = shown(line.trim());
  const { projectRoot } = source.config;
  // pip goes by the folder it was started in, which is mostly that of the project, and no file says so.
  const folders = [projectRoot, posix.dirname(text.trail.at(-1) ?? projectRoot), '.'].map((from) =>
    posix.join(from, asked.folder),
  );
  const project = folders.flatMap((folder) => workspaces.projectAt(folder) ?? [])[0];
  if (project === undefined) throw unknown(value, folders, place, source);
  if (project.name === undefined || tableIn(project.toml, 'project') === undefined)
    throw invalid(place, value, `a project with a name in [project] of ${project.file}`, `Write it there. ${asWheel}`);
  if (asked.name !== undefined && normaliseName(asked.name) !== project.name)
    throw invalid(place, value, `the name that ${project.file} has: ${project.name}`);
  const known = Object.keys(extrasOf(tableIn(project.toml, 'project') ?? {}));
  const missing = asked.extras.find((extra) => !known.map(normaliseName).includes(normaliseName(extra)));
  if (missing !== undefined)
    throw invalid(place, value, known.length === 0 ? 'no extra: it has none' : `extras of it: ${known.join(', ')}`);
  const extras = asked.extras.length === 0 ? '' : `[${asked.extras.join(',')}]`;
  return {
    project,
    extras: asked.extras,
    line: `${project.name}${extras}${asked.marker === '' ? '' : ` ; ${asked.marker}`}`,
  };
};

const unknown = (value: string, folders: readonly string[], place: Place, { files }: ModeSource) => {
  const old = folders.find((folder) =>
    ['setup.py', 'setup.cfg'].some(
      (name) => !folder.startsWith('../') && files.read(posix.join(folder, name), 'probe'),
    ),
  );
  return invalid(
    place,
    value,
    'a folder of the workspace with a pyproject.toml, by its path from the project, from this file or from the workspace',
    old === undefined
      ? `Correct the path: there is none in ${[...new Set(folders)].join(', ')}.`
      : `Write name, version and dependencies into [project] of ${posix.join(old, 'pyproject.toml')}. ${asWheel}`,
  );
};

const asWheel = 'Or build its wheel, name the folder of that in "findLinks" of the mode, and require it by its name.';
