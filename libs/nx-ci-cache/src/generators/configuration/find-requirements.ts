/** What a project requires, from the files it has: those people write count before those a tool compiled from them. */
import { posix } from 'node:path';
import { configFileName, invalid, normaliseName } from '@nx-ci-cache/config';
import { distributionName, isWritten, readInputs } from '@nx-ci-cache/constraints';
import type { RequirementSource } from '@nx-ci-cache/records';
import { CiCacheError } from '@nx-ci-cache/process';
import type { ProjectFiles } from '../workspace/project-files';
import { pyprojectPaths } from './find-members';
import { pyprojectRequirements } from './read-pyproject';

export interface FoundRequirements {
  readonly requirements: readonly RequirementSource[];
  /** Members that other members require: no index has them. */
  readonly excludes: readonly string[];
  /** What became of each file, for people. */
  readonly notes: readonly string[];
}

interface Candidate {
  readonly path: string;
  readonly says: string;
  /** Absent when it is passed over, and `says` why. */
  readonly source?: RequirementSource;
  readonly names?: readonly string[];
}

/** @throws CiCacheError `OptionInvalid` when no file can be resolved, with the reason of each. */
export const findRequirements = (project: ProjectFiles): FoundRequirements => {
  const { paths, text, root } = project;
  const inputs = paths.filter((path) => /^(requirements\/)?[^/]+\.in$/.test(path));
  const compiled = paths.filter((path) => /^(requirements[^/]*|requirements\/[^/]+)\.txt$/.test(path));
  const projects = pyprojectPaths(project);
  const written = [
    ...projects.map((path) => candidate(project, path, readProject)),
    ...inputs.map((path) => candidate(project, path, readList)),
  ];
  const isWritten = written.some(({ source }) => source !== undefined);
  const others = compiled.map((path) =>
    isWritten ? { path, says: 'passed over: what it is made from is there' } : candidate(project, path, readList),
  );
  const candidates: readonly Candidate[] = [...written, ...others];
  const taken = candidates.flatMap(({ source }) => source ?? []);
  const notes = candidates.map(({ path, says }) => `${path}: ${says}`);
  if (taken.length === 0) throw nothingIn(root, notes);
  const members = projects.map((path) => ({ path, name: normaliseName(distributionName(text(path)) ?? '') }));
  const excludes = members.filter(({ path, name }) =>
    candidates.some((each) => each.path !== path && each.source !== undefined && each.names?.includes(name)),
  );
  return { requirements: taken, excludes: excludes.map(({ name }) => name), notes };
};

/** Files that were named: taken in this order, and refused when they cannot be. */
export const namedRequirements = (project: ProjectFiles, wanted: readonly string[]): FoundRequirements => {
  const candidates = wanted.map((path) => {
    if (!project.paths.includes(path)) throw nothingIn(project.root, [`${path}: there is no such file`]);
    const read = posix.basename(path) === 'pyproject.toml' ? readProject : readList;
    return { path, ...read(path, project) };
  });
  const notes = candidates.map(({ path, says }) => `${path}: ${says}`);
  return { requirements: candidates.flatMap(({ source }) => source ?? []), excludes: [], notes };
};

type Read = (path: string, project: ProjectFiles) => Omit<Candidate, 'path'>;

const candidate = (project: ProjectFiles, path: string, read: Read): Candidate => {
  try {
    return { path, ...read(path, project) };
  } catch (cause) {
    return { path, says: `passed over: ${(cause as Error).message.replaceAll(/\s*\n\s*/g, '; ')}` };
  }
};

const readProject: Read = (path, { root, text, files }) =>
  pyprojectRequirements(text(path), path, posix.join(root, path), files) ?? {
    says: 'passed over: it requires nothing',
  };

const readList: Read = (path, { root, files }) => {
  const file = posix.join(root, path);
  const config = { file: posix.join(root, configFileName), projectRoot: root, pythons: [], index: {} };
  const mode = { name: 'constraints', requirements: [path], allowSdist: [] };
  const { requirements } = readInputs({ files, config, mode });
  if (!requirements.some(({ text }) => text.split('\n').some(isWritten)))
    throw invalid({ file, key: 'requirements' }, undefined, 'at least one');
  return { source: path, says: 'its requirements' };
};

const nothingIn = (root: string, notes: readonly string[]) =>
  new CiCacheError(
    'OptionInvalid',
    [`${root}: no file says what the project requires`, ...notes.map((note) => `  ${note}`)].join('\n'),
    { remedy: 'Write a requirements.in, one requirement a line, or name files by --requirements.' },
  );
