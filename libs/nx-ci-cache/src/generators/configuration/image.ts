/** The CI image somebody wants: the project's own Dockerfile as it is, or the smallest one. */
import { joinPathFragments, type Tree } from '@nx/devkit';
import { baseImages } from '@nx-ci-cache/images';
import type { ProjectFiles } from '../workspace/project-files';
import { findDockerfiles } from './find-dockerfile';
import { fixedPythons, imageArguments } from './image-arguments';
import type { WantedImage } from './render';
import { smallestDockerfile } from './smallest-dockerfile';

export interface ImageOptions {
  readonly registry: string;
  readonly baseImage: string;
  readonly pythons: readonly string[];
}

export interface PreparedImage {
  readonly image: WantedImage;
  /** Writes the Dockerfile where there is none, once nothing can be refused any more. */
  readonly write: (tree: Tree) => void;
  /** For people. */
  readonly notes: readonly string[];
}

/** @throws CiCacheError `OptionInvalid` for an image that no registry can be asked for. */
export const prepareImage = (project: ProjectFiles, { registry, baseImage, pythons }: ImageOptions): PreparedImage => {
  const [found, ...others] = findDockerfiles(project);
  const dockerfile = found ?? 'Dockerfile';
  const file = joinPathFragments(project.root, dockerfile);
  const text = found === undefined ? smallestDockerfile : project.text(found);
  const { bases, buildArgs } = imageArguments(file, text, baseImage);
  for (const python of pythons) {
    const ofPython = (texts: Readonly<Record<string, string>>) =>
      Object.fromEntries(Object.entries(texts).map(([name, value]) => [name, value.replaceAll('{python}', python)]));
    baseImages(file, text, { platform: 'linux/amd64', bases: ofPython(bases), buildArgs: ofPython(buildArgs) });
  }
  const fixed = fixedPythons(file, text).filter(({ python }) => pythons.some((each) => each !== python));
  return {
    image: { registry, dockerfile, bases, buildArgs },
    write: (tree) => {
      if (found === undefined) tree.write(file, text);
    },
    notes: [
      found === undefined ? `${dockerfile}: written, it installs every pin` : `${dockerfile}: makes the image`,
      ...fixed.map(
        ({ line, image }) =>
          `${dockerfile}:${line}: ${image} for every Python, that is ${pythons.join(', ')}; ${usePython(image)}`,
      ),
      ...(/--(from=|mount=\S*from=)constraints/.test(text) ? [] : [`${dockerfile}: ${useConstraints}`]),
      ...others.map((other) => `${other}: another Dockerfile, not used`),
    ],
  };
};

const usePython = (image: string): string =>
  `write ARG PYTHON_VERSION above the first FROM, and ${image.replace(/3\.\d+(\.\d+)?/, '${PYTHON_VERSION}')}, and give it in "buildArgs": { "PYTHON_VERSION": "{python}" }`;

const useConstraints =
  'take the pins in with ARG PYTHON_VERSION and COPY --from=constraints constraints-${PYTHON_VERSION}.txt /constraints.txt';
