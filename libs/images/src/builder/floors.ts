/**
 * The oldest buildx and BuildKit that are used: older ones may lose a link of an imported cache without a word, or read it with
 * another importer's credentials.
 */
import type { CiCacheError } from '@nx-ci-cache/process';
import { builderUnfit } from './unfit';

export const oldest = { buildx: '0.38.2', buildkit: '0.34.2' } as const;

/** @param said what `buildx version` prints. */
export const buildxFault = (said: string): CiCacheError | undefined => {
  const found = said.split(/\s+/).find(isVersion);
  if (found === undefined || !isOlder(found, oldest.buildx)) return undefined;
  return builderUnfit(
    `buildx ${found} is too old: at least ${oldest.buildx} is needed`,
    `Install buildx ${oldest.buildx} or newer as Docker's plugin, or set CI_CACHE_BUILDX to its path.`,
    { found, needed: oldest.buildx },
  );
};

/** A node that does not answer, or was built without a version, names none and is not judged by it. */
export const nodeVersionFault = (
  builder: string,
  node: { readonly name: string; readonly endpoint: string; readonly version?: string },
): CiCacheError | undefined => {
  const { name, endpoint, version: found } = node;
  if (found === undefined || !isVersion(found) || !isOlder(found, oldest.buildkit)) return undefined;
  const message = `node ${name} of builder ${builder} has BuildKit ${found}, which is too old: at least ${oldest.buildkit} is needed`;
  return builderUnfit(message, upgrade(builder, endpoint), { builder, node: name, found, needed: oldest.buildkit });
};

/** A container takes the image it is made with. */
const upgrade = (builder: string, endpoint: string): string =>
  /^(unix|tcp|ssh):/.test(endpoint)
    ? `Install BuildKit ${oldest.buildkit} or newer behind ${endpoint} and start it anew.`
    : `Pull moby/buildkit:buildx-stable-1 there, run: docker buildx rm --keep-state ${builder}, then run again.`;

const isVersion = (word: string): boolean => /^v?\d+\.\d+\.\d+/.test(word);

/** A release candidate and a distribution's own build count as their release. */
const isOlder = (found: string, needed: string): boolean => {
  const [ours, theirs] = [found, needed].map((version) => version.match(/\d+/g)?.slice(0, 3).map(Number) ?? []);
  const at = [0, 1, 2].find((place) => ours?.[place] !== theirs?.[place]);
  return at !== undefined && (ours?.[at] ?? 0) < (theirs?.[at] ?? 0);
};
