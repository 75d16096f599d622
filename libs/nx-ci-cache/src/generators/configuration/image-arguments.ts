/** What a Dockerfile leaves to whoever builds it: base images behind arguments without a value, and the Python. */
import { readDockerfile } from '@nx-ci-cache/images';

export interface ImageArguments {
  readonly bases: Readonly<Record<string, string>>;
  readonly buildArgs: Readonly<Record<string, string>>;
}

/** @param baseImage what a base image without a value stands for. */
export const imageArguments = (file: string, text: string, baseImage: string): ImageArguments => {
  const { instructions } = readDockerfile(file, text);
  const names = instructions.filter(({ keyword }) => keyword === 'ARG').flatMap(({ value }) => value.split(/\s+/));
  const bases = instructions
    .filter(({ keyword }) => keyword === 'FROM')
    .flatMap(({ argument }) => /^\$\{?(\w+)\}?(?:\s|$)/.exec(argument)?.[1] ?? [])
    .filter((name) => names.includes(name) && !names.some((each) => each.startsWith(`${name}=`)));
  const pythons = names.map((name) => name.split('=')[0] ?? '').filter((name) => /^PYTHON(_VERSION)?$/.test(name));
  return {
    bases: Object.fromEntries(bases.map((name) => [name, baseImage])),
    buildArgs: Object.fromEntries(pythons.map((name) => [name, '{python}'])),
  };
};

/** Lines that name the image of one Python, which is wrong for each other one. */
export const fixedPythons = (
  file: string,
  text: string,
): readonly { readonly line: number; readonly image: string }[] =>
  readDockerfile(file, text).instructions.flatMap(({ line, keyword, value }) => {
    const image = ['ARG', 'FROM'].includes(keyword)
      ? /(?:^|[\s=/"])(python:3\.\d+[^\s"]*)/.exec(value)?.[1]
      : undefined;
    return image === undefined ? [] : [{ line, image }];
  });
