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
  const pythons = names.flatMap((word) => {
    const [, name, value = ''] = /^(PYTHON(?:_VERSION)?)(?:=["']?([^"']*))?/.exec(word) ?? [];
    const text = forAnyPython(value);
    return name === undefined || text === undefined ? [] : [[name, text] as const];
  });
  return {
    bases: Object.fromEntries(bases.map((name) => [name, baseImage])),
    buildArgs: Object.fromEntries(pythons),
  };
};

/** What is behind the version, such as `-bookworm`, stays; undefined for a value that is of no version. */
const forAnyPython = (value: string): string | undefined =>
  value === '' ? '{python}' : /^3\.\d+/.test(value) ? value.replace(/^3\.\d+(\.\d+)?/, '{python}') : undefined;

export interface FixedPython {
  readonly line: number;
  readonly image: string;
  /** X.Y. */
  readonly python: string;
}

/** Lines that name the image of one Python, which is wrong for each other one. */
export const fixedPythons = (file: string, text: string): readonly FixedPython[] =>
  readDockerfile(file, text).instructions.flatMap(({ line, keyword, value }) => {
    if (!['ARG', 'FROM'].includes(keyword)) return [];
    const [, image, python] = /(?:^|[\s=/"])([^\s="/]*python:?(3\.\d+)[^\s"]*)/.exec(value) ?? [];
    return image === undefined || python === undefined ? [] : [{ line, image, python }];
  });
