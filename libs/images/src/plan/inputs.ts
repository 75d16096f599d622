/** The cache key of a leg, from what the run knows; pure, so that the same facts give the same key on every machine. */
import type { LegSpec } from '@nx-ci-cache/config';
import { digestOf } from '@nx-ci-cache/process';
import type { LegInputs } from '@nx-ci-cache/records';
import type { BaseImages } from '../dockerfile/base-images';
import { imageInputs } from './pinned-images';

/** Raise it whenever the way buildx is called changes what comes out. */
export const recipe = '1';

export interface InputFacts {
  readonly spec: LegSpec;
  readonly contextDigest: string;
  /** Digest of each named context. */
  readonly contexts?: Readonly<Record<string, string>>;
  /** Digest of the commit and its tags, where the context has a `.git`. */
  readonly gitDir?: string;
  /** The Dockerfile's text. */
  readonly dockerfile: string;
  /** Text of the constraint files that the build can see, by their names in it. */
  readonly constraints: Readonly<Record<string, string>>;
  /** Images the Dockerfile itself names. */
  readonly images: BaseImages;
  /** Index digest of each base image by reference. */
  readonly bases: Readonly<Record<string, string>>;
  /** Input digest of each leg that is a base, by its name. Default: there is none. */
  readonly baseLegs?: Readonly<Record<string, string>>;
}

export const legInputs = ({
  spec,
  contextDigest,
  contexts = {},
  gitDir,
  dockerfile,
  constraints,
  images,
  bases,
  baseLegs = {},
}: InputFacts): LegInputs => ({
  recipe,
  context: contextDigest,
  ...(Object.keys(contexts).length === 0 ? {} : { contexts }),
  ...(gitDir === undefined ? {} : { gitDir }),
  dockerfile: digestOf(dockerfile),
  constraints: digestsOf(constraints),
  bases: imageInputs(spec, images, bases, baseLegs),
  buildArgs: digestsOf(spec.buildArgs),
  platform: spec.platform,
  // Only where it is configured: legs recorded without it stay what they are.
  ...(spec.target === undefined ? {} : { target: spec.target }),
  ...outputInputs(spec),
});

/** The scanner is among the images, with its digest. */
const outputInputs = ({ output: { labels, sbom: _scanner, ...options } }: LegSpec): Pick<LegInputs, 'output'> => {
  const labelled = Object.entries(digestsOf(labels)).map(([name, digest]) => [`labels.${name}`, digest] as const);
  const texts = [...Object.entries(options).map(([name, value]) => [name, String(value)] as const), ...labelled];
  return texts.length === 0 ? {} : { output: Object.fromEntries(texts) };
};

export const inputDigest = (inputs: LegInputs): string => digestOf(inputs);

/**
 * The constraint files that enter this leg's build, by their names in it.
 * @param published texts by their names on the branch; those of other Pythons and platforms do not count.
 */
export const constraintsOf = (
  { constraintFiles }: Pick<LegSpec, 'constraintFiles'>,
  published: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(constraintFiles).flatMap(([name, file]) =>
      file in published ? [[name, published[file] ?? '']] : [],
    ),
  );

const digestsOf = (texts: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, digestOf(text)]));
