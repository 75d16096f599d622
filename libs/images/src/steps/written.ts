/** An instruction by its text: what people recognise it by, and a digest of all that stands in the file for it. */
import { digestOf } from '@nx-ci-cache/process';
import type { Instruction } from '../dockerfile/instructions';
import { shortDigest } from './step';

const longest = 80;

export const says = ({ keyword, value }: Instruction): string => {
  const text = `${keyword} ${value}`.replace(/\s+/g, ' ');
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
};

/** @param instructions all of the file, whose text is given: documents stand between two of them. */
export const writtenIn = (text: string, instructions: readonly Instruction[]): ((each: Instruction) => string) => {
  const lines = text.split('\n');
  return (instruction) => {
    const { line, keyword, value } = instruction;
    const next = instructions[instructions.indexOf(instruction) + 1]?.line ?? lines.length + 1;
    return shortDigest(digestOf([keyword, value, ...(value.includes('<<') ? lines.slice(line, next - 1) : [])]));
  };
};
