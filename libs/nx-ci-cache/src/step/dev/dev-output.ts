/** Where a developer's image goes, and what it is called there: by a name that nobody can push by mistake. */
import { isAbsolute, join } from 'node:path';
import { pathSlug } from '@nx-ci-cache/config';
import type { DevOutput } from '@nx-ci-cache/images';
import { platformName, type Leg } from '@nx-ci-cache/records';

export const devOutput = (dest: string | undefined, workspaceRoot: string): DevOutput => {
  if (dest === undefined) return { kind: 'engine' };
  const path = isAbsolute(dest) ? dest : join(workspaceRoot, dest);
  return { kind: dest.endsWith('.tar') ? 'archive' : 'layout', path };
};

/** `localhost` is no registry that anybody else reads. */
export const devName = (project: string, { image, python, platform }: Leg): string =>
  `localhost/${pathSlug(project) || 'project'}/${image}:${python}-${platformName(platform)}`;

/** What a person does with it. */
export const devOutputSaid = (output: DevOutput, name: string): string => {
  switch (output.kind) {
    case 'engine':
      return `docker run --rm -it ${name}`;
    case 'archive':
      return `docker load --input ${output.path}, then docker run --rm -it ${name}`;
    case 'layout':
      return `${output.path} holds it in the layout of OCI`;
  }
};
