/** Every image a build stands on must have a digest the plan knows, or a moved base would not make the leg stale. */
import { CiCacheError } from '@nx-ci-cache/process';
import { parseInstructions, type Instruction } from './instructions';

const pinned = /@sha256:[0-9a-f]{64}$/;
const wholeArgument = /^\$(?:\{(\w+)(?::?-[^}]*)?\}|(\w+))$/;
const namedContext = 'constraints';

/** @throws CiCacheError `OptionInvalid` at the first instruction that names an image the plan does not watch. */
export const checkBaseImages = (file: string, text: string, bases: readonly string[]): void => {
  const known = new Set(['scratch', namedContext]);
  for (const instruction of parseInstructions(text)) {
    const unwatched = imagesOf(instruction).find((image) => !isWatched(image, known, bases));
    if (unwatched !== undefined) throw baseUnwatched(file, instruction, unwatched);
    const stage = stageOf(instruction);
    if (stage !== undefined) known.add(stage.toLowerCase());
  }
};

const wordsOf = ({ value }: Instruction) => value.split(/\s+/).filter((word) => word !== '');

/** Images or stages an instruction takes files from; a stage's number always means this Dockerfile. */
const imagesOf = (instruction: Instruction): string[] => {
  const words = wordsOf(instruction);
  switch (instruction.keyword) {
    case 'FROM':
      return words.filter((word) => !word.startsWith('--')).slice(0, 1);
    case 'COPY':
      return words.flatMap((word) => /^--from=(?!\d+$)(.+)$/.exec(word)?.[1] ?? []);
    case 'RUN':
      return words.flatMap((word) => /^--mount=(?:.*,)?from=([^,]+)/.exec(word)?.[1] ?? []);
    default:
      return [];
  }
};

const stageOf = (instruction: Instruction): string | undefined => {
  if (instruction.keyword !== 'FROM') return undefined;
  const [, as, stage] = wordsOf(instruction).filter((word) => !word.startsWith('--'));
  return as?.toUpperCase() === 'AS' ? stage : undefined;
};

const isWatched = (image: string, known: ReadonlySet<string>, bases: readonly string[]): boolean => {
  const [, braced, plain] = wholeArgument.exec(image) ?? [];
  const argument = braced ?? plain;
  return argument === undefined ? known.has(image.toLowerCase()) || pinned.test(image) : bases.includes(argument);
};

const baseUnwatched = (file: string, { line, keyword, value }: Instruction, image: string) => {
  const reference = image.includes('$') ? '<image reference>' : image;
  return new CiCacheError(
    'OptionInvalid',
    `${file}:${line}: ${keyword} ${value}: the image "${image}" is neither pinned nor watched`,
    {
      remedy:
        `Add "BASE": "${reference}" to "bases" of the image in ci-cache.json and write "ARG BASE" and ` +
        '"FROM ${BASE} AS <stage>" in the Dockerfile, or pin the image with @sha256:….',
      data: { file, line, image },
    },
  );
};
