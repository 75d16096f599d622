/** Every base image must be one whose digest is known to the plan, or a moved base would not make the leg stale. */
import { CiCacheError } from '@nx-ci-cache/process';
import { parseInstructions, type Instruction } from './instructions';

const pinned = /@sha256:[0-9a-f]{64}$/;
const wholeArgument = /^\$(?:\{(\w+)(?::?-[^}]*)?\}|(\w+))$/;

/** @throws CiCacheError `OptionInvalid` at the first FROM that names an image the plan does not watch. */
export const checkBaseImages = (file: string, text: string, bases: readonly string[]): void => {
  const stages = new Set<string>();
  for (const instruction of parseInstructions(text).filter(({ keyword }) => keyword === 'FROM')) {
    const { image, stage } = parseFrom(instruction);
    if (!isWatched(image, stages, bases)) throw baseUnwatched(file, instruction, image);
    if (stage !== undefined) stages.add(stage.toLowerCase());
  }
};

const parseFrom = ({ value }: Instruction) => {
  const [image = '', as, stage] = value.split(/\s+/).filter((word) => word !== '' && !word.startsWith('--'));
  return { image, stage: as?.toUpperCase() === 'AS' ? stage : undefined };
};

const isWatched = (image: string, stages: ReadonlySet<string>, bases: readonly string[]): boolean => {
  const [, braced, plain] = wholeArgument.exec(image) ?? [];
  const argument = braced ?? plain;
  if (argument !== undefined) return bases.includes(argument);
  return image === 'scratch' || stages.has(image.toLowerCase()) || pinned.test(image);
};

const baseUnwatched = (file: string, { line, value }: Instruction, image: string) =>
  new CiCacheError(
    'OptionInvalid',
    `${file}:${line}: FROM ${value}: the base image "${image}" is neither pinned nor watched`,
    {
      remedy:
        `Write "ARG BASE" and "FROM \${BASE}" and add "BASE": "${image.includes('$') ? '<image reference>' : image}" ` +
        'to "bases" of the image in ci-cache.json, or pin it with @sha256:….',
      data: { file, line, image },
    },
  );
