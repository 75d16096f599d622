/** A Dockerfile whose base images come in as build arguments: only so can a moved base make a build stale. */
import { baseImages, isPinned, readDockerfile } from '@nx-ci-cache/images';

export interface WatchedDockerfile {
  /** Builds the same by itself: each argument has the former image as its default. */
  readonly text: string;
  readonly bases: Readonly<Record<string, string>>;
  readonly buildArgs: Readonly<Record<string, string>>;
}

const from = /^(\s*FROM\s+(?:--\S+\s+)*)(\S+)(.*)$/i;
const argument = /^\$(?:\{(\w+)(?::?-([^}]*))?\}|(\w+))$/;

/**
 * @param baseImage what an argument without a default stands for.
 * @throws CiCacheError `OptionInvalid` for an image that only its author can make an argument of, such as one of `COPY --from`.
 */
export const watchBases = (file: string, text: string, baseImage: string): WatchedDockerfile => {
  const instructions = readDockerfile(file, text).instructions;
  const args = instructions.filter(({ keyword }) => keyword === 'ARG').map(({ value }) => value);
  const defaults = new Map(args.map((value) => splitOnce(value)));
  const fill = (image: string) =>
    image.replaceAll(/\$\{(\w+)\}|\$(\w+)/g, (whole, a, b) => defaults.get(a ?? b) || whole);
  const stages = new Set(['scratch', 'constraints']);
  const bases: Record<string, string> = {};
  const added: Record<string, string> = {};
  const lines = text.split('\n').map((line) => {
    const [, before, image = '', after = ''] = from.exec(line) ?? [];
    if (before === undefined) return line;
    const isStage = stages.has(image.toLowerCase());
    stages.add(/^\s+AS\s+(\S+)/i.exec(after)?.[1]?.toLowerCase() ?? 'scratch');
    if (isStage || isPinned(image)) return line;
    const [isArgument, braced, fallback, plain] = argument.exec(image) ?? [];
    const name = braced ?? plain;
    if (isArgument !== undefined && name !== undefined) {
      bases[name] = defaults.get(name) || fallback || baseImage;
      return line;
    }
    const filled = fill(image);
    if (filled.includes('$')) return line;
    const known = Object.keys(added).find((each) => added[each] === filled);
    const made = known ?? freeName(Object.keys({ ...bases, ...Object.fromEntries(defaults) }));
    bases[made] = added[made] = filled;
    return `${before}\${${made}}${after}`;
  });
  const first = lines.findIndex((line) => from.test(line));
  lines.splice(first, 0, ...Object.entries(added).map(([name, image]) => `ARG ${name}=${image}`));
  const watched = lines.join('\n');
  baseImages(file, watched, { platform: 'linux/amd64', bases, buildArgs: {} });
  return { text: watched, bases, buildArgs: defaults.has('PYTHON_VERSION') ? { PYTHON_VERSION: '{python}' } : {} };
};

const splitOnce = (text: string): [string, string] => {
  const [name = '', ...rest] = text.trim().split('=');
  return [name, rest.join('=').replaceAll(/^["']|["']$/g, '')];
};

const freeName = (taken: readonly string[], count = 1): string => {
  const name = count === 1 ? 'BASE_IMAGE' : `BASE_IMAGE_${count}`;
  return taken.includes(name) ? freeName(taken, count + 1) : name;
};

/** A project without one gets the smallest: every pin of the constraint file, and nothing else. */
export const smallestDockerfile = `# The CI image: built anew when its constraints, its base image or these files change.
ARG BASE_IMAGE
FROM \${BASE_IMAGE}
ARG PYTHON_VERSION
COPY --from=constraints constraints-\${PYTHON_VERSION}.txt /constraints.txt
RUN pip install --no-cache-dir --no-deps --requirement /constraints.txt
`;
