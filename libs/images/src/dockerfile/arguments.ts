/** What variables stand for in FROM: the arguments above the first one, as BuildKit fills them in. */
import { normalPlatform } from '@nx-ci-cache/records';
import { expand } from './expand';
import type { Instruction } from './instructions';
import { wordAt } from './flags';
import { trimSpace } from './space';

export interface GivenArguments {
  /** `os/architecture[/variant]` of the leg. */
  readonly platform: string;
  readonly given: Readonly<Record<string, string>>;
  /** Name of the stage that is built, when it has one. */
  readonly stage?: string;
}

/** A value that only the node knows. */
export class OfNode extends Error {
  constructor(readonly variable: string) {
    super(`the value of ${variable} is known to the building node only`);
  }
}

/** Value of a variable by name. @throws OfNode */
export type Values = (name: string) => string | undefined;

/** @param instructions those before the first FROM. @throws Error in BuildKit's words for an ARG that it refuses. */
export const globalArguments = (
  instructions: readonly Instruction[],
  escape: string,
  { platform, given, stage = 'default' }: GivenArguments,
): Values => {
  const values = new Map<string, string | OfNode>([
    ...ofNode.map((name) => [name, new OfNode(name)] as const),
    ...Object.entries(ofPlatform(platform)),
    ['TARGETSTAGE', stage],
  ]);
  for (const name of values.keys()) if (given[name] !== undefined) values.set(name, given[name]);
  const valueOf = (name: string): string | undefined => {
    const value = values.get(name);
    if (value instanceof OfNode) throw value;
    return value;
  };
  for (const { argument } of instructions.filter(({ keyword }) => keyword === 'ARG')) {
    for (const word of wordsOf(argument, escape)) {
      const [, name = '', assigned] = /^([^=]*)(?:=([^]*))?$/u.exec(word) ?? [];
      const value = given[name] ?? (assigned === undefined ? undefined : valueOrNode(assigned, escape, valueOf));
      if (value !== undefined) values.set(name, value);
    }
  }
  return valueOf;
};

const ofNode = ['BUILDPLATFORM', 'BUILDOS', 'BUILDOSVERSION', 'BUILDARCH', 'BUILDVARIANT'];

/** As containerd normalises a platform: the usual variant is written for arm alone. */
const ofPlatform = (platform: string) => {
  const [os = '', architecture = '', written] = normalPlatform(platform).split('/');
  const variant = written ?? (architecture === 'arm' ? 'v7' : '');
  return {
    TARGETPLATFORM: [os, architecture, variant].filter((part) => part !== '').join('/'),
    ...{ TARGETOS: os, TARGETOSVERSION: '', TARGETARCH: architecture, TARGETVARIANT: variant },
  };
};

const valueOrNode = (text: string, escape: string, valueOf: Values): string | OfNode => {
  try {
    return expand(text, { valueOf, escape }).text;
  } catch (error) {
    if (error instanceof OfNode) return error;
    throw error;
  }
};

/** Divided at spaces outside of quotes, which stay. */
export const wordsOf = (text: string, escape: string): readonly string[] => {
  const words: string[] = [];
  let rest = trimSpace(text);
  while (rest !== '') {
    const { end } = wordAt(rest, escape);
    words.push(rest.slice(0, end));
    rest = trimSpace(rest.slice(end));
  }
  return words;
};
