/** The cache key of a leg, from what the run knows; pure, so that the same facts give the same key on every machine. */
import type { LegSpec } from '@nx-ci-cache/config';
import { digestOf } from '@nx-ci-cache/process';
import type { LegInputs } from '@nx-ci-cache/records';
import { pinnedReference } from '../registry/reference';

/** Raise it whenever the way buildx is called changes what comes out. */
export const recipe = '1';

export interface InputFacts {
  readonly spec: LegSpec;
  readonly contextDigest: string;
  /** The Dockerfile's text. */
  readonly dockerfile: string;
  /** Text of the pushed commit's constraint files by name; those of other Pythons do not count. */
  readonly constraints: Readonly<Record<string, string>>;
  /** Index digest of each base image by reference. */
  readonly bases: Readonly<Record<string, string>>;
}

export const legInputs = ({ spec, contextDigest, dockerfile, constraints, bases }: InputFacts): LegInputs => ({
  recipe,
  context: contextDigest,
  dockerfile: digestOf(dockerfile),
  constraints: digestsOf(constraintsOf(spec, constraints)),
  bases: pinnedBases(spec, bases),
  buildArgs: digestsOf(spec.buildArgs),
  platform: spec.platform,
});

export const inputDigest = (inputs: LegInputs): string => digestOf(inputs);

/** The constraint files that enter this leg's build. */
export const constraintsOf = (
  { constraintFiles }: LegSpec,
  constraints: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(constraintFiles.flatMap((name) => (name in constraints ? [[name, constraints[name] ?? '']] : [])));

/** Base images by build argument, as `name:tag@digest`. */
export const pinnedBases = (
  spec: LegSpec,
  digests: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(spec.bases).map(([argument, reference]) => {
      const digest = digests[reference];
      if (digest === undefined) throw new Error(`no digest of base image ${reference}`);
      return [argument, pinnedReference(reference, digest)];
    }),
  );

const digestsOf = (texts: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, digestOf(text)]));
