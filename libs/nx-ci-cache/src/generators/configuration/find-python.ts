/** The Python a project says it is for, when nobody says which. */
import { isAdmitted, parseToml, tableIn } from '@nx-ci-cache/constraints';
import { findDockerfiles } from './find-dockerfile';
import type { ProjectFiles } from '../workspace/project-files';

export interface FoundPython {
  readonly python: string;
  /** Where it stands, for people. */
  readonly because: string;
}

/** The newest first that nearly every package has wheels for. */
const usual = ['3.13', '3.12', '3.11', '3.10', '3.14', '3.9'];

export const findPython = (files: Omit<ProjectFiles, 'files'>): FoundPython => {
  const { text } = files;
  const [, pinned] = /^(3\.\d+)/m.exec(text('.python-version')) ?? [];
  if (pinned !== undefined) return { python: pinned, because: '.python-version' };
  const { classifiers, requires } = saidBy(text('pyproject.toml'));
  const [newest] = classifiers.sort((one, other) => minor(other) - minor(one));
  if (newest !== undefined) return { python: newest, because: 'the newest classifier of pyproject.toml' };
  const [dockerfile] = findDockerfiles(files);
  const [, based] =
    /^\s*(?:FROM\s.*\bpython:?|ARG\s+PYTHON_VERSION=["']?)(3\.\d+)/im.exec(text(dockerfile ?? '')) ?? [];
  if (based !== undefined) return { python: based, because: `base image of ${dockerfile}` };
  const [admitted = '3.13'] = usual.filter((python) => requires === '' || isAdmitted(python, requires));
  return { python: admitted, because: requires === '' ? 'nothing names one' : `requires-python ${requires}` };
};

const minor = (python: string): number => Number(python.split('.')[1]);

/** A file that is no TOML says nothing here, and is refused where its requirements are read. */
const saidBy = (text: string): { readonly classifiers: string[]; readonly requires: string } => {
  try {
    const project = tableIn(parseToml(text), 'project') ?? {};
    const { classifiers = [], 'requires-python': requires } = project;
    const named = (Array.isArray(classifiers) ? classifiers : []).flatMap(
      (each) => /^Programming Language :: Python :: (3\.\d+)$/.exec(String(each))?.[1] ?? [],
    );
    return { classifiers: named, requires: typeof requires === 'string' ? requires : '' };
  } catch {
    return { classifiers: [], requires: '' };
  }
};
