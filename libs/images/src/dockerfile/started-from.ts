/** The image that the stage of a build stands on in the end, however many stages lie between. */
import type { LegSpec } from '@nx-ci-cache/config';
import { parseReference } from '../registry/reference';
import { namedContexts, readStages, watchedName } from './base-images';
import { dockerfileInvalid } from './invalid';
import { takenByFrom, type Stage } from './stages';

/** Of a registry, or the leg of another image of the configuration. */
export type StartedFrom =
  { readonly kind: 'reference'; readonly reference: string } | { readonly kind: 'image'; readonly image: string };

/** @throws CiCacheError `OptionInvalid` for a stage that stands on no image. */
export const startedFrom = (spec: LegSpec, text: string): StartedFrom => {
  const { dockerfile, bases, imageBases } = spec;
  const { stages, target } = readStages(dockerfile, text, spec);
  const { stage, name } = lowest(target, stages);
  const place = { file: dockerfile, line: stage.from.line };
  if (name === 'scratch' || namedContexts(spec).has(name))
    throw dockerfileInvalid(
      place,
      `FROM ${stage.from.value}: the image of ${spec.image} stands on no other image, whose Linux could be looked at`,
      'Write the Linux itself into "linux" beside "modes" in ci-cache.json, e.g. "manylinux_2_36".',
      { image: name },
    );
  const leg = Object.values(imageBases).find(({ repository }) => watchedName(repository) === name);
  if (leg !== undefined) return { kind: 'image', image: leg.image };
  const watched = Object.values(bases).find((reference) => watchedName(reference) === name);
  const reference = watched ?? name;
  parseReference(reference);
  return { kind: 'reference', reference };
};

const lowest = (stage: Stage, stages: readonly Stage[]): { readonly stage: Stage; readonly name: string } => {
  const { name, stage: below } = takenByFrom(stage, stages);
  return below === undefined ? { stage, name } : lowest(below, stages);
};
