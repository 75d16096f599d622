/** What a word stands for at each instruction of a stage: ARG and ENV above it, on top of what the stage starts from. */
import { wordsOf } from './arguments';
import { expand } from './expand';
import type { Instruction } from './instructions';
import { type Stage, takenByFrom } from './stages';

export interface Filled {
  readonly text: string;
  /** Variables that only the base image or the node can tell; empty text stands for them. */
  readonly unknown: readonly string[];
}

/** @throws Error in BuildKit's words. */
export type Fill = (word: string) => Filled;

export interface FilledInstruction {
  readonly instruction: Instruction;
  readonly fill: Fill;
  /** Of ARG and ENV above it; undefined for what only the node can tell. */
  readonly values: ReadonlyMap<string, string | undefined>;
}

export interface StageReading {
  readonly stages: readonly Stage[];
  readonly escape: string;
  readonly given: Readonly<Record<string, string>>;
  /** Names of stages that a named context takes the place of. */
  readonly replaced: ReadonlySet<string>;
}

interface Environment {
  /** Undefined for what has a value that is not known here. */
  readonly values: ReadonlyMap<string, string | undefined>;
  /** Nothing else has a value. */
  readonly isWhole: boolean;
}

/** The stage's instructions in their order. */
export const filledInstructions = (stage: Stage, reading: StageReading): readonly FilledInstruction[] => {
  let environment = startOf(stage, reading);
  return stage.instructions.map((instruction) => {
    const { values } = environment;
    const fill = fillIn(environment, reading.escape);
    environment = after(environment, instruction, stage, reading);
    return { instruction, fill, values };
  });
};

const startOf = (stage: Stage, reading: StageReading): Environment => {
  const { stage: parent, name } = takenByFrom(stage, reading.stages);
  if (parent === undefined || reading.replaced.has(parent.name))
    return { values: new Map(), isWhole: name === 'scratch' };
  return parent.instructions.reduce(
    (environment, instruction) => after(environment, instruction, parent, reading),
    startOf(parent, reading),
  );
};

const fillIn =
  ({ values, isWhole }: Environment, escape: string): Fill =>
  (word) => {
    const unknown = new Set<string>();
    const valueOf = (name: string) => {
      if (values.get(name) === undefined && (values.has(name) || !isWhole)) unknown.add(name);
      return values.get(name);
    };
    return { text: expand(word, { valueOf, escape }).text, unknown: [...unknown] };
  };

const after = (
  environment: Environment,
  { keyword, argument }: Instruction,
  stage: Stage,
  { escape, given }: StageReading,
): Environment => {
  if (keyword !== 'ARG' && keyword !== 'ENV') return environment;
  const values = new Map(environment.values);
  const isWhole = environment.isWhole;
  const filled = (word: string) => {
    const { text, unknown } = fillIn({ values, isWhole }, escape)(word);
    return unknown.length === 0 ? text : undefined;
  };
  if (keyword === 'ENV') {
    const pairs = pairsOf(argument, escape).map(([name, word]) => [name, filled(word)] as const);
    return { values: new Map([...values, ...pairs]), isWhole };
  }
  for (const word of wordsOf(argument, escape)) {
    const [name, assigned] = splitOnce(word);
    if (given[name] !== undefined) values.set(name, given[name]);
    else if (assigned !== undefined) values.set(name, filled(assigned));
    else inherit(values, name, stage);
  }
  return { values, isWhole };
};

/** An ARG without a value anywhere leaves what the base image says. */
const inherit = (values: Map<string, string | undefined>, name: string, { globals }: Stage): void => {
  try {
    const value = globals(name);
    if (value !== undefined) values.set(name, value);
  } catch {
    values.set(name, undefined);
  }
};

/** `ENV a=1 b=2`, or the old form `ENV a all the rest`. */
const pairsOf = (argument: string, escape: string): readonly (readonly [string, string])[] => {
  const words = wordsOf(argument, escape);
  const [first = ''] = words;
  if (!first.includes('=')) return [[first, argument.slice(first.length).trim()]];
  return words.map((word) => {
    const [name, value = ''] = splitOnce(word);
    return [name, value] as const;
  });
};

const splitOnce = (word: string): readonly [string, string | undefined] => {
  const at = word.indexOf('=');
  return at === -1 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
};
