/** Stages of a Dockerfile, what each one takes from which other one or image, and which of them a build reaches. */
import { globalArguments, type GivenArguments, type Values } from './arguments';
import { expand } from './expand';
import { flagValues } from './flags';
import { inItsWords } from './in-its-words';
import { type Dockerfile, type Instruction, innerOf } from './instructions';
import { dockerfileInvalid } from './invalid';
import { mountsOf } from './mounts';

export interface Stage {
  /** Lower case; empty without one. */
  readonly name: string;
  readonly from: Instruction;
  /** What FROM names, with its variables filled in. */
  readonly base: () => string;
  /** Arguments above the first FROM. */
  readonly globals: Values;
  readonly instructions: readonly Instruction[];
}

/** A stage, image or named context, by the instruction that takes from it. */
export interface Taken {
  readonly instruction: Instruction;
  readonly name: string;
  readonly stage?: Stage;
}

/** @throws CiCacheError `OptionInvalid`: an ARG or FROM that BuildKit refuses, no stage at all. */
export const stagesOf = (
  file: string,
  { instructions, escape }: Dockerfile,
  given: GivenArguments,
): readonly Stage[] => {
  const starts = instructions.flatMap(({ keyword }, at) => (keyword === 'FROM' ? [at] : []));
  if (starts.length === 0)
    throw dockerfileInvalid({ file, line: 1 }, 'there is no FROM', `Write a stage into ${file}.`);
  const stages = starts.map((start, index) => stageOf(instructions.slice(start, starts[index + 1])));
  const stage = given.stage ?? (stages.at(-1)?.name || 'default');
  const above = instructions.slice(0, starts[0]);
  const values = inItsWords(file, above[0] ?? stages[0]?.from, () =>
    globalArguments(above, escape, { ...given, stage }),
  );
  return stages.map((each) => ({ ...each, globals: values, base: () => baseOf(file, each.from, escape, values) }));
};

const stageOf = ([from, ...instructions]: readonly Instruction[]): Omit<Stage, 'base' | 'globals'> => {
  const [, as = '', name = ''] = wordsOf(from?.argument ?? '');
  return { name: as.toUpperCase() === 'AS' ? name.toLowerCase() : '', from: from as Instruction, instructions };
};

const wordsOf = (argument: string): readonly string[] => argument.split(/[\t\v\f\r ]+/).filter((word) => word !== '');

const baseOf = (file: string, from: Instruction, escape: string, valueOf: Values) => {
  const [written = ''] = wordsOf(from.argument);
  const unset = new Set<string>();
  const noting = (name: string) => {
    const value = valueOf(name);
    if (value === undefined) unset.add(name);
    return value;
  };
  const base = inItsWords(file, from, () => expand(written, { valueOf: noting, escape }).text);
  if (base !== '') return base;
  const [name = '<name>'] = unset;
  throw dockerfileInvalid(
    { file, line: from.line },
    `FROM ${from.value}: the image is blank, because ${name} has no value`,
    `Write "ARG ${name}=<image reference>" above the first FROM, or "ARG ${name}" there and its value in "bases" or "buildArgs" of the image in ci-cache.json.`,
    { image: written },
  );
};

/** @throws CiCacheError `OptionInvalid`: a variable where BuildKit fills in none. */
export const takenBy = (file: string, stage: Stage, stages: readonly Stage[]): readonly Taken[] => [
  takenByFrom(stage, stages),
  ...stage.instructions.map(innerOf).flatMap((instruction) =>
    namesIn(instruction).map((name) => {
      refuseVariable(file, instruction, name);
      const found =
        /^\d+$/.test(name) && instruction.keyword === 'COPY' ? stages[Number(name)] : named(name.toLowerCase(), stages);
      return { instruction, name, ...(found === undefined ? {} : { stage: found }) };
    }),
  ),
];

/** FROM knows the stages before it, and by their names in lower case. */
export const takenByFrom = (stage: Stage, stages: readonly Stage[]): Taken => {
  const name = stage.base();
  const found = named(name, stages.slice(0, stages.indexOf(stage)));
  return { instruction: stage.from, name, ...(found === undefined ? {} : { stage: found }) };
};

const named = (name: string, stages: readonly Stage[]): Stage | undefined =>
  name === '' ? undefined : stages.findLast((stage) => stage.name === name);

const namesIn = (instruction: Instruction): readonly string[] =>
  instruction.keyword === 'COPY'
    ? flagValues(instruction.flags, 'from').slice(-1)
    : mountsOf(instruction).flatMap(({ from }) => (from === undefined ? [] : [from]));

const refuseVariable = (file: string, { line, keyword, value }: Instruction, name: string): void => {
  if (!/\$./.test(name)) return;
  throw dockerfileInvalid(
    { file, line },
    `${keyword} ${value}: BuildKit fills in no variable in from=${name}`,
    `Name it by a stage: write "FROM ${name} AS <stage>" with its ARG above the first FROM, and from=<stage> here.`,
    { image: name },
  );
};

/**
 * Stages that the build of `target` runs, in the file's order; BuildKit leaves the others alone.
 * @param replaced names of stages that a named context takes the place of.
 */
export const reachedFrom = (
  file: string,
  target: Stage,
  stages: readonly Stage[],
  replaced: ReadonlySet<string>,
): readonly Stage[] => {
  const reached = new Set<Stage>();
  const visit = (stage: Stage): void => {
    if (reached.has(stage) || replaced.has(stage.name)) return;
    reached.add(stage);
    for (const { stage: next } of takenBy(file, stage, stages)) if (next !== undefined) visit(next);
  };
  visit(target);
  return stages.filter((stage) => reached.has(stage));
};
