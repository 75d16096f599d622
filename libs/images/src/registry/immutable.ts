/** Registries that let nobody write a tag twice: how they say it, and which tags of ours must be able to move. */

/** `TAG_INVALID` alone is no sign: it is an ill-formed tag as well. */
const refusals: readonly RegExp[] = [
  // ECR: "… cannot be overwritten because the tag is immutable"; Harbor: "… configured as immutable".
  /\b(is|as) immutable\b/i,
  // Artifact Registry: "The repository has enabled tag immutability".
  /\btag immutability\b/i,
  /\bimmutable tags?\b/i,
  /\bImageTagAlreadyExistsException\b/,
  // Azure, of a locked image or repository.
  /The operation is disallowed on this registry, repository or image/,
  // Harbor's status, where the client does not show the body.
  /PUT request to \S*\/manifests\/\S+:? 412\b/,
];

/** The words of a step of a Dockerfile are its own. */
export const isImmutable = (words: string): boolean =>
  !/did not complete successfully/.test(words) && refusals.some((refusal) => refusal.test(words));

export const immutableRemedy =
  'The registry lets nobody write a tag twice. Cache refs, leg tags (leg--…) and all "tags" without {constraints} are written ' +
  'again: exempt them from its rule, or name repositories without one in "repository" and "cache".';
