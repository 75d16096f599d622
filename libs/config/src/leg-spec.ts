/** A leg with every placeholder filled in: what plan, build and publish need to know of it, and nothing they must look up. */
import { posix } from 'node:path';
import { cellsOf, type Config, constraintFile, type Leg, legName, legTag } from '@nx-ci-cache/records';
import { redact } from '@nx-ci-cache/process';
import { invalid, type Place } from './invalid';
import { checkReference } from './reference';
import { fillTemplate, placeholdersIn, type TemplateValues } from './template';

export interface LegSpec extends Leg {
  readonly name: string;
  /** Registry repository without tag. */
  readonly repository: string;
  /** Full reference `<repository>:leg--…`. */
  readonly legRef: string;
  readonly cacheRef: string;
  /** Dockerfile and context, relative to the workspace root. */
  readonly dockerfile: string;
  readonly context: string;
  /** Reference of each base image by build argument, not yet pinned. */
  readonly bases: Readonly<Record<string, string>>;
  readonly buildArgs: Readonly<Record<string, string>>;
  /** Absolute path of each secret file by id. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Constraint files, by their name on the branch, that enter the build. */
  readonly constraintFiles: readonly string[];
  /** Tags of the published index; the last one moves. */
  readonly tags: readonly string[];
}

/** What is known once a run has looked at its surroundings. */
export interface RunValues {
  /** Source branch the run publishes for. */
  readonly branch: string;
  /** Source commit. */
  readonly commit: string;
  readonly environment: NodeJS.ProcessEnv;
}

/** @throws CiCacheError `OptionInvalid`: an unset or ill-formed environment placeholder, a reference that is none. */
export const legSpec = (config: Config, leg: Leg, run: RunValues): LegSpec => {
  const image = config.images.find(({ name }) => name === leg.image);
  if (image === undefined) throw new Error(`no image ${leg.image} in ${config.file}`);
  const values: TemplateValues = {
    ...run,
    image: leg.image,
    python: leg.python,
    platform: leg.platform,
  };
  const place = (key: string): Place => ({ file: config.file, key: `images.${image.name}.${key}` });
  const fill = (key: string, text: string) => fillTemplate(text, values, place(key));
  const name = (form: Parameters<typeof checkReference>[1], key: string, text: string) =>
    checkReference(fill(key, text), form, place(key), filledRemedy(text, values, place(key)));
  const fillAll = (key: string, texts: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, fill(`${key}.${name}`, text)]));
  const repository = name('repository', 'repository', image.repository);
  return {
    ...leg,
    name: legName(leg),
    repository,
    legRef: checkReference(`${repository}:${legTag(leg)}`, 'reference', place('repository')),
    cacheRef: name('reference', 'cache', image.cache),
    dockerfile: posix.join(config.projectRoot, image.dockerfile),
    context: posix.join(config.projectRoot, image.context),
    bases: Object.fromEntries(
      Object.entries(image.bases).map(([argument, text]) => [argument, name('image', `bases.${argument}`, text)]),
    ),
    buildArgs: fillAll('buildArgs', image.buildArgs),
    secrets: fillAll('secrets', image.secrets),
    constraintFiles: cellsOf(config)
      .filter(({ python }) => python === leg.python)
      .map(constraintFile),
    tags: checkDistinct(
      image.tags.map((tag, at) => name('tag', `tags[${at}]`, tag)),
      place('tags'),
    ),
  };
};

/** A name that only its placeholders spoil is mended at their source, which the configuration does not show. */
const filledRemedy = (text: string, values: TemplateValues, place: Place): string | undefined => {
  const filled = placeholdersIn(text, values, place);
  if (filled.length === 0) return undefined;
  return redact(`Correct ${place.key} in ${place.file}, or what fills ${JSON.stringify(text)}: ${filled.join(', ')}.`);
};

/** Two texts may become one tag; the last tag moves, so a fixed one of that name would move with it. */
const checkDistinct = (tags: readonly string[], place: Place): readonly string[] => {
  if (new Set(tags).size === tags.length) return tags;
  throw invalid(place, tags, 'tags that differ from each other once their placeholders are filled in');
};
