/** The CI image somebody wants: the project's own Dockerfile, made fit to be watched, or the smallest one. */
import { joinPathFragments, type Tree } from '@nx/devkit';
import type { ProjectFiles } from '../workspace/project-files';
import { findDockerfiles } from './find-dockerfile';
import type { WantedImage } from './render';
import { smallestDockerfile, watchBases } from './watch-bases';

export interface ImageOptions {
  readonly registry: string;
  readonly baseImage: string;
  readonly pythons: readonly string[];
}

export interface PreparedImage {
  readonly image: WantedImage;
  /** Writes what the Dockerfile lacks, once nothing can be refused any more. */
  readonly write: (tree: Tree) => void;
  /** For people. */
  readonly notes: readonly string[];
}

export const prepareImage = (project: ProjectFiles, { registry, baseImage, pythons }: ImageOptions): PreparedImage => {
  const [found, ...others] = findDockerfiles(project);
  const dockerfile = found ?? 'Dockerfile';
  const file = joinPathFragments(project.root, dockerfile);
  const before = found === undefined ? smallestDockerfile : project.text(found);
  const { text, bases, buildArgs } = watchBases(file, before, baseImage);
  const anyPython = ([name, image]: [string, string]) => [name, forAnyPython(image, pythons)] as const;
  return {
    image: { registry, dockerfile, bases: Object.fromEntries(Object.entries(bases).map(anyPython)), buildArgs },
    write: (tree) => {
      if (found === undefined || text !== before) tree.write(file, text);
    },
    notes: [
      found === undefined ? `${dockerfile}: written, it installs every pin` : `${dockerfile}: makes the image`,
      ...(text === before || found === undefined ? [] : [`${dockerfile}: its base images are build arguments now`]),
      ...(/--(from=|mount=\S*from=)constraints/.test(text) ? [] : [`${dockerfile}: ${useConstraints}`]),
      ...others.map((other) => `${other}: another Dockerfile, not used`),
    ],
  };
};

const useConstraints =
  'take the pins in with ARG PYTHON_VERSION and COPY --from=constraints constraints-${PYTHON_VERSION}.txt /constraints.txt';

/** The image of one Python, such as python:3.13-slim, for each Python. */
const forAnyPython = (image: string, pythons: readonly string[]): string =>
  image.replace(/((?:^|\/)python:)(3\.\d+)(?![.\d])/, (whole, name: string, python: string) =>
    pythons.includes(python) ? `${name}{python}` : whole,
  );
