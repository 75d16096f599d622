/** Images of one project that stand on those of another: a refresh of the lower one makes the upper one stale. */
import type { Config, Image } from '@nx-ci-cache/records';

/** Folders of the other projects that publish a base image of this one. References are compared as they are written. */
export const baseProjects = (config: Config, published: ReadonlyMap<string, string>): string[] => {
  const bases = config.images.flatMap((image) =>
    Object.values(image.bases).flatMap((base) => filled(withoutTag(base), image, config)),
  );
  return [...new Set(bases.flatMap((base) => published.get(base) ?? []))].filter((root) => root !== config.projectRoot);
};

/** The folder of the project that publishes a repository, by its reference. */
export const publishedBy = (configs: readonly Config[]): ReadonlyMap<string, string> =>
  new Map(
    configs.flatMap((config) =>
      config.images.flatMap((image) =>
        filled(image.repository, image, config)
          .flatMap((reference) => [reference, ...ofBranches(reference, config)])
          .map((reference) => [reference, config.projectRoot] as const),
      ),
    ),
  );

const filled = (text: string, { name }: Image, { pythons }: Config): string[] =>
  pythons.map((python) => text.replaceAll('{python}', python).replaceAll('{image}', name));

/** Whoever stands on an image may write the branch out. */
const ofBranches = (reference: string, { push }: Config): string[] =>
  push.branches.map(({ from }) => reference.replaceAll('{branch}', from));

/** A colon before the last slash is that of a port. */
const withoutTag = (reference: string): string => reference.replace(/@.*$/, '').replace(/:[^/:]*$/, '');
