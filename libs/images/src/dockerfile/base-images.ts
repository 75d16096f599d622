/** Every image a build stands on has a digest the plan knows, or a moved one would not make the leg stale. */
import { familiarName, type ImageReference, isPinned, parseReference, pinnedReference } from '../registry/reference';
import { syntaxOf } from './directives';
import { type Dockerfile, readDockerfile } from './instructions';
import { dockerfileInvalid } from './invalid';
import { reachedFrom, type Stage, stagesOf, type Taken, takenBy } from './stages';
import { targetOf } from './target';

/** How a Dockerfile is built, as far as that decides which images it takes. */
export interface DockerfileUse {
  readonly platform: string;
  /** Watched images by build argument. */
  readonly bases: Readonly<Record<string, string>>;
  /** Other images of the configuration, likewise. Default: none. */
  readonly imageBases?: Readonly<Record<string, { readonly repository: string }>>;
  readonly buildArgs: Readonly<Record<string, string>>;
  /** Folders by the name they are taken by. */
  readonly contexts?: Readonly<Record<string, string>>;
  /** Stage that is built. Default: the last one. */
  readonly target?: string;
}

export interface BaseImage {
  /** With host and tag. */
  readonly reference: string;
  /** Where the Dockerfile names it. */
  readonly line: number;
}

/** Images named without a digest, which the build is given with the digest the run saw. */
export interface BaseImages {
  /** By the name BuildKit looks a named context up by. */
  readonly contexts: Readonly<Record<string, BaseImage>>;
  /** What reads the Dockerfile in place of BuildKit itself. */
  readonly syntax?: BaseImage;
}

export interface ReadStages {
  readonly dockerfile: Dockerfile;
  readonly stages: readonly Stage[];
  readonly target: Stage;
  /** Those the build runs. */
  readonly reached: readonly Stage[];
  /** Build arguments. */
  readonly given: Readonly<Record<string, string>>;
}

/** Names that are no images: the context every build has besides its own, and those of the image. */
export const namedContexts = ({ contexts = {} }: DockerfileUse): ReadonlySet<string> =>
  new Set(['constraints', ...Object.keys(contexts)]);
/** Stands for the digest of a watched image, which is not known yet. */
const someDigest = `sha256:${'0'.repeat(64)}`;

/** @throws CiCacheError `OptionInvalid` at the first line that BuildKit would refuse or that `use` does not fill. */
export const readStages = (file: string, text: string, use: DockerfileUse): ReadStages => {
  const dockerfile = readDockerfile(file, text);
  const { platform, target: stage } = use;
  const given = { ...use.buildArgs, ...watched(use) };
  const stages = stagesOf(file, dockerfile, { platform, given, ...(stage === undefined ? {} : { stage }) });
  const target = targetOf(file, stages, stage);
  return { dockerfile, stages, target, given, reached: reachedFrom(file, target, stages, namedContexts(use)) };
};

/** @throws CiCacheError `OptionInvalid` at the first instruction whose image no registry can be asked for. */
export const baseImages = (file: string, text: string, use: DockerfileUse): BaseImages => {
  const { stages, reached } = readStages(file, text, use);
  const folders = namedContexts(use);
  const known = new Set(['scratch', ...folders, ...Object.values(watched(use))]);
  const taken = reached
    .flatMap((stage) => takenBy(file, stage, stages))
    .filter(({ stage, name }) => stage === undefined && !known.has(name) && !isPinned(name));
  const names = new Set(stages.map(({ name }) => name));
  const contexts = Object.fromEntries(
    taken.map((image) => contextOf(file, image, names)).filter(([name]) => !folders.has(name)),
  );
  const syntax = syntaxOf(text);
  if (syntax === undefined || isPinned(syntax.value)) return { contexts };
  const { line, value } = syntax;
  return { contexts, syntax: { reference: fullName(referenceOf({ file, line }, '# syntax', value)), line } };
};

/** What a Dockerfile has in place of a watched image. */
export const watchedName = (reference: string): string => pinnedReference(reference, someDigest);

const watched = ({ bases, imageBases = {} }: DockerfileUse): Readonly<Record<string, string>> => {
  const repositories = Object.entries(imageBases).map(([name, { repository }]) => [name, repository] as const);
  const images = [...Object.entries(bases), ...repositories];
  return Object.fromEntries(images.map(([name, image]) => [name, watchedName(image)]));
};

const contextOf = (file: string, { name, instruction }: Taken, stages: ReadonlySet<string>): [string, BaseImage] => {
  const place = { file, line: instruction.line };
  const shown = `${instruction.keyword} ${instruction.value}`;
  const reference = referenceOf(place, shown, name);
  // What BuildKit makes of a name before it looks for a context.
  const context = familiarName(name);
  if (!stages.has(context)) return [context, { reference: fullName(reference), line: place.line }];
  throw dockerfileInvalid(
    place,
    `${shown}: a stage has the name of the image "${name}", and whoever names it means either`,
    'Give the stage another name, or the image its tag or its digest (@sha256:…).',
    { image: name },
  );
};

const referenceOf = (place: { readonly file: string; readonly line: number }, shown: string, image: string) => {
  try {
    return parseReference(image);
  } catch {
    throw dockerfileInvalid(
      place,
      `${shown}: "${image.replace(someDigest, 'sha256:…')}" is neither a stage nor an image that a registry can be asked for`,
      'Name a stage before it, an image as [host[:port]/]repository[:tag], or an argument that is one in "bases" of the image in ci-cache.json.',
      { image },
    );
  }
};

const fullName = ({ host, repository, tag = 'latest' }: ImageReference): string => `${host}/${repository}:${tag}`;
