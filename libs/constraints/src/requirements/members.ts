/**
 * Projects of the workspace that requirements lead to, instead of to releases: by their folder, by `tool.uv.sources`, or
 * because the mode lists them. Each is handed to the resolver as a wheel of its metadata, so that extras, markers and
 * requirements among them work as they do for a release.
 */
import { normaliseName } from '@nx-ci-cache/config';
import { reachedLists } from './pyproject';
import type { Project } from './project';
import { parseRequirement } from './requirement';

/** A project with what is asked of it. */
export interface AskedProject {
  readonly project: Project;
  readonly extras: readonly string[];
  readonly groups?: readonly string[];
}

export interface AskedMembers {
  /** Asked for by their folders. */
  readonly byPath: readonly AskedProject[];
  /** Listed in the mode: the resolver reads these themselves. */
  readonly listed: readonly AskedProject[];
  /** Lines of all other requirements. */
  readonly lines: readonly string[];
  /** The member that a project's own settings name in place of a release. */
  readonly sourceOf: (name: string, from: Project) => Project | undefined;
  /** Whether the mode keeps the releases of a name, whatever the workspace makes. */
  readonly isReleased: (name: string) => boolean;
}

export interface Member extends AskedProject {
  /** Bounds on it that others of the mode have. */
  readonly bounds: readonly string[];
}

/** Every member that something leads to, in the order of the first question. */
export const membersReached = (asked: AskedMembers): readonly Member[] => {
  const { byPath, listed, lines, isReleased, sourceOf } = asked;
  const known = new Map(
    [...byPath, ...listed].flatMap(({ project }) => (project.name === undefined ? [] : [[project.name, project]])),
  );
  const find = (name: string, from?: Project): Project | undefined =>
    isReleased(name) ? undefined : ((from && sourceOf(name, from)) ?? known.get(name));
  const reached = new Map<string, Member>();

  const take = (project: Project, extras: readonly string[], bounds: readonly string[]): void => {
    const before = reached.get(project.file);
    const all = [...new Set([...(before?.extras ?? []), ...extras.map(normaliseName)])];
    reached.set(project.file, { project, extras: all, bounds: [...(before?.bounds ?? []), ...bounds] });
    if (before === undefined || all.length > before.extras.length)
      follow(reachedLists(project, { extras: all }), project);
  };
  /** @param itself whether it may be led back to where the requirements stand: of its own extras it is told by those. */
  const follow = (requirements: readonly string[], from?: Project, itself?: 'too'): void => {
    for (const { name, extras, bounds } of requirements.flatMap((each) => parseRequirement(each) ?? [])) {
      const project = find(name, from);
      if (project !== undefined && (project !== from || itself === 'too'))
        take(project, extras, bounds === '' ? [] : [bounds]);
    }
  };

  for (const { project, extras } of byPath) take(project, extras, []);
  follow(lines);
  for (const { project, extras, groups = [] } of listed) {
    follow(reachedLists(project, { extras }), project);
    follow(reachedLists(project, { groups, alone: true }), project, 'too');
  }
  return [...reached.values()];
};
