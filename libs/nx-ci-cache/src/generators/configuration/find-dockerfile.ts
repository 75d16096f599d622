/** The Dockerfiles of a project, the likeliest to make its CI image first. */
import type { ProjectFiles } from '../workspace/project-files';

export const findDockerfiles = ({ paths }: Pick<ProjectFiles, 'paths'>): readonly string[] =>
  paths
    .filter(
      (path) => /(^|\/)(Dockerfile(\.[\w.-]+)?|[\w.-]+\.Dockerfile)$/.test(path) && !path.endsWith('.dockerignore'),
    )
    .sort((one, other) => rank(one) - rank(other));

/** At the project's root, then by its plain name, then the others. */
const rank = (path: string): number => (path === 'Dockerfile' ? 0 : path.endsWith('/Dockerfile') ? 1 : 2);
