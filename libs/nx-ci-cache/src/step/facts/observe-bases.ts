/** Base images are looked at by the steps that build from them: whoever only resolves needs no account at their registry. */
import type { LegSpec } from '@nx-ci-cache/config';
import { baseDigests, baseImages, committedDockerfile, type Source } from '@nx-ci-cache/images';
import { askedOnce, writeJson } from '@nx-ci-cache/process';
import type { BaseFacts } from '@nx-ci-cache/records';
import type { StepContext } from '../context/context';
import { imageTools } from '../context/image-tools';

/** Of this workspace. */
export type SourceCommit = Pick<Source, 'commit' | 'objects'>;

interface Looking {
  /** Nothing is built, so what needs an account may stay unseen. Default: false. */
  readonly preview?: boolean;
  /** What another job of the run saw. Default: nothing. */
  readonly known?: BaseFacts;
}

/** @throws CiCacheError `RegistryFailed` naming the first image that cannot be read, and where a Dockerfile names it. */
export const observeBases = async (
  specs: readonly LegSpec[],
  source: SourceCommit,
  context: StepContext,
  { preview = false, known = {} }: Looking = {},
): Promise<BaseFacts> => {
  const places = await placesOf(specs, source, context);
  const watched = specs.flatMap(({ bases, output: { sbom = [] } }) => [...Object.values(bases), sbom].flat());
  const placeOf = (name: string) => places.get(name);
  const unknown = [...watched, ...places.keys()].filter((reference) => known[reference] === undefined);
  return { ...known, ...(await baseDigests(imageTools(context).registry, unknown, { placeOf, preview })) };
};

/**
 * One look for all legs, those of other jobs too: two of one image must not be built from two states of its base.
 * @param preview nothing is built, so what needs an account may stay unseen.
 */
export const writeBases = async (
  specs: readonly LegSpec[],
  commit: string,
  context: StepContext,
  preview: boolean,
): Promise<BaseFacts> => {
  const { seen: { bases: known = {} } = {} } = context.switches;
  const bases = await observeBases(specs, { commit }, context, { preview, known });
  await writeJson(context.at(context.paths.bases), bases);
  return bases;
};

/** Images that Dockerfiles name without a digest, each with the line that does. */
const placesOf = async (
  specs: readonly LegSpec[],
  source: SourceCommit,
  { workspaceRoot }: StepContext,
): Promise<ReadonlyMap<string, string>> => {
  const read = askedOnce<string>();
  const named = await Promise.all(
    specs.map(async (spec) => {
      const { dockerfile } = spec;
      const text = await read(
        dockerfile,
        async () => (await committedDockerfile({ workspaceRoot, ...source }, spec)).text,
      );
      const { contexts, syntax } = baseImages(dockerfile, text, spec);
      return [...Object.values(contexts), ...(syntax === undefined ? [] : [syntax])].map(
        ({ reference, line }) => [reference, `${dockerfile}:${line}`] as const,
      );
    }),
  );
  return new Map(named.flat());
};
