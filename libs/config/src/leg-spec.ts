/** A leg with every placeholder filled in: what plan, build and publish need to know of it, and nothing they must look up. */
import {
  cellsOfLeg,
  type Config,
  constraintFile,
  fileInBuild,
  type ImageOutput,
  leavesImage,
  type Leg,
  legName,
  legTag,
  type Publishes,
} from '@nx-ci-cache/records';
import { redact } from '@nx-ci-cache/process';
import { filledOutput } from './image-output';
import { type BranchSlug, branchSlug, withBranch } from './branch-slug';
import { invalid, type Place } from './invalid';
import { checkReference } from './reference';
import { startsFrom } from './starts-from';
import { fillTemplate, holdsPlaceholder, placeholdersIn, type TemplateValues } from './template';
import { workspacePath } from './workspace-path';

/** A tag of a published index, and what it stands for. */
export interface ImageTag {
  readonly name: string;
  /** Its name holds the source commit: it is that source's own. */
  readonly ofCommit: boolean;
  /** Its name holds the constraints commit: it never moves. */
  readonly ofConstraints: boolean;
}

/** The leg of another image that a leg starts from. */
export interface BaseLeg {
  readonly image: string;
  readonly name: string;
  readonly repository: string;
  readonly legRef: string;
}

export interface LegSpec extends Leg {
  readonly name: string;
  /** Registry repository without tag. */
  readonly repository: string;
  readonly publish: Publishes;
  /** Full reference `<repository>:leg--…`; of a leg that leaves a cache alone, `leg--` before the tag of its cache ref. */
  readonly legRef: string;
  readonly cacheRef: string;
  /** Cache refs to start from, in order, while there is none of its own. */
  readonly startsFrom: readonly string[];
  /** Dockerfile and context, relative to the workspace root. */
  readonly dockerfile: string;
  readonly context: string;
  /** Whether the context has a `.git`. Default: false. */
  readonly gitDir?: boolean;
  /** Folders of named contexts, likewise. */
  readonly contexts: Readonly<Record<string, string>>;
  /** Stage that is the image. Default: the last one. */
  readonly target?: string;
  /** Reference of each base image by build argument, not yet pinned. */
  readonly bases: Readonly<Record<string, string>>;
  /** Leg of the same Python and platform that is the base, by build argument. */
  readonly imageBases: Readonly<Record<string, BaseLeg>>;
  readonly buildArgs: Readonly<Record<string, string>>;
  /** Absolute path of each secret file by id. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Absolute path of a socket or key by id; empty for the agent of the environment. */
  readonly ssh: Readonly<Record<string, string>>;
  /** Rights a step may ask for. */
  readonly allow: readonly string[];
  /** After which its steps run again without cache. Default: never. */
  readonly maxAgeSeconds?: number;
  /** Of a leg whose image is there and whose cache is not. Default: fail. */
  readonly onCacheFailure?: 'fail' | 'warn';
  readonly output: ImageOutput;
  /** Of the published index. */
  readonly annotations: Readonly<Record<string, string>>;
  /** Constraint files that enter the build: names on the branch by the names they have there. */
  readonly constraintFiles: Readonly<Record<string, string>>;
  /** Tags of the published index; the last one moves. */
  readonly tags: readonly ImageTag[];
}

/** What is known once a run has looked at its surroundings. */
export interface RunValues {
  /** Source branch the run publishes for. */
  readonly branch: string;
  /** Source commit. */
  readonly commit: string;
  /** Commit of the constraints; without one `{constraints}` stays what it is in tags, which nothing may write then. */
  readonly constraintsCommit?: string;
  /** Up to which the package index is seen; without it `{cutoff}` stays what it is. */
  readonly cutoff?: string;
  readonly environment: NodeJS.ProcessEnv;
}

/** @throws CiCacheError `OptionInvalid`: an unset or ill-formed environment placeholder, a reference that is none. */
export const legSpec = (config: Config, leg: Leg, run: RunValues): LegSpec => {
  const image = config.images.find(({ name }) => name === leg.image);
  if (image === undefined) throw new Error(`no image ${leg.image} in ${config.file}`);
  const values: TemplateValues = {
    branch: run.branch,
    commit: run.commit,
    environment: run.environment,
    image: leg.image,
    python: leg.python,
    platform: leg.platform,
  };
  const dated = { ...values, cutoff: run.cutoff ?? '{cutoff}' };
  const slug = branchSlug(run.branch, config);
  const place = (key: string): Place => ({ file: config.file, key: `images.${image.name}.${key}` });
  const fill = (key: string, text: string) => fillTemplate(text, values, place(key));
  const name = (form: Parameters<typeof checkReference>[1], key: string, text: string) =>
    checkReference(fill(key, withBranch(text, slug)), form, place(key), filledRemedy(text, values, place(key)));
  const fillAll = (key: string, texts: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, fill(`${key}.${name}`, text)]));
  const repository = name('repository', 'repository', image.repository);
  const cacheRef = name('reference', 'cache', image.cache);
  return {
    ...leg,
    name: legName(leg),
    repository,
    publish: image.publish,
    legRef: leavesImage(image)
      ? checkReference(`${repository}:${legTag(leg)}`, 'reference', place('repository'))
      : checkReference(cacheRef.replace(/:(?=[^:/]*$)/, ':leg--'), 'reference', place('cache')),
    cacheRef,
    startsFrom: startsFrom(image, { ...values, platforms: config.platforms }, cacheRef, config),
    dockerfile: workspacePath(image.dockerfile, config),
    context: workspacePath(image.context, config),
    ...(image.target === undefined ? {} : { target: image.target }),
    ...(image.gitDir === undefined ? {} : { gitDir: image.gitDir }),
    contexts: Object.fromEntries(
      Object.entries(image.contexts).map(([name, folder]) => [name, workspacePath(folder, config)]),
    ),
    bases: Object.fromEntries(
      Object.entries(image.bases).map(([argument, text]) => [argument, name('image', `bases.${argument}`, text)]),
    ),
    imageBases: Object.fromEntries(
      Object.entries(image.imageBases).map(([argument, base]) => [
        argument,
        baseLeg(config, { ...leg, image: base }, run),
      ]),
    ),
    buildArgs: fillAll('buildArgs', image.buildArgs),
    secrets: fillAll('secrets', image.secrets),
    ssh: fillAll('ssh', image.ssh),
    allow: image.allow,
    ...(image.maxAgeSeconds === undefined ? {} : { maxAgeSeconds: image.maxAgeSeconds }),
    ...(image.onCacheFailure === undefined ? {} : { onCacheFailure: image.onCacheFailure }),
    output: filledOutput(image, dated, config.file),
    annotations: Object.fromEntries(
      Object.entries(image.annotations).map(([name, text]) => [
        name,
        fillTemplate(text, { ...dated, constraints: shortId(run) }, place(`annotations.${name}`)),
      ]),
    ),
    constraintFiles: Object.fromEntries(
      cellsOfLeg(leg, config).map((cell) => [fileInBuild(cell), constraintFile(cell)]),
    ),
    tags: checkDistinct(
      image.tags.map((tag, at) => imageTag(tag, slug, { ...values, constraints: shortId(run) }, place(`tags[${at}]`))),
      place('tags'),
    ),
  };
};

const baseLeg = (config: Config, leg: Leg, run: RunValues): BaseLeg => {
  const { image, name, repository, legRef } = legSpec(config, leg, run);
  return { image, name, repository, legRef };
};

const unknown = '{constraints}';

const shortId = ({ constraintsCommit }: RunValues): string => constraintsCommit?.slice(0, 12) ?? unknown;

const imageTag = (text: string, slug: BranchSlug, values: TemplateValues, place: Place): ImageTag => {
  const name = fillTemplate(withBranch(text, slug, true), values, place);
  // What is not known yet will be letters and digits.
  checkReference(name.replaceAll(unknown, '0'.repeat(12)), 'tag', place, filledRemedy(text, values, place));
  return { name, ofCommit: holdsPlaceholder(text, 'commit'), ofConstraints: holdsPlaceholder(text, 'constraints') };
};

/** A name that only its placeholders spoil is mended at their source, which the configuration does not show. */
const filledRemedy = (text: string, values: TemplateValues, place: Place): string | undefined => {
  const filled = placeholdersIn(text, values, place);
  if (filled.length === 0) return undefined;
  return redact(`Correct ${place.key} in ${place.file}, or what fills ${JSON.stringify(text)}: ${filled.join(', ')}.`);
};

/** Two texts may become one tag; the last tag moves, so a fixed one of that name would move with it. */
const checkDistinct = (tags: readonly ImageTag[], place: Place): readonly ImageTag[] => {
  const names = tags.map(({ name }) => name);
  if (new Set(names).size === names.length) return tags;
  throw invalid(place, names, 'tags that differ from each other once their placeholders are filled in');
};
