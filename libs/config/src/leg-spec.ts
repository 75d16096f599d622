/** A leg with every placeholder filled in: what plan, build and publish need to know of it, and nothing they must look up. */
import { posix } from 'node:path';
import { cellsOf, type Config, constraintFile, type Leg, legName, legTag } from '@nx-ci-cache/records';
import { fillTemplate, type TemplateValues } from './template';
import { checkReference } from './reference';

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
  const fill = (key: string, text: string) =>
    fillTemplate(text, values, { file: config.file, key: `images.${image.name}.${key}` });
  const fillAll = (key: string, texts: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, fill(`${key}.${name}`, text)]));
  const place = { file: config.file, key: `images.${image.name}.repository` };
  const repository = checkReference(fill('repository', image.repository), 'repository', place);
  return {
    ...leg,
    name: legName(leg),
    repository,
    legRef: `${repository}:${legTag(leg)}`,
    cacheRef: checkReference(fill('cache', image.cache), 'reference', { ...place, key: `images.${image.name}.cache` }),
    dockerfile: posix.join(config.projectRoot, image.dockerfile),
    context: posix.join(config.projectRoot, image.context),
    bases: fillAll('bases', image.bases),
    buildArgs: fillAll('buildArgs', image.buildArgs),
    secrets: fillAll('secrets', image.secrets),
    constraintFiles: cellsOf(config)
      .filter(({ python }) => python === leg.python)
      .map(constraintFile),
    tags: image.tags.map((tag) => fill('tags', tag)),
  };
};
