/** The parts of a workflow file that follow from the configuration, between two comments; all else is whoever's file it is. */
import { CiCacheError } from '@nx-ci-cache/process';

/** How a file's language begins a comment. */
export type Mark = '#' | '//';

/** A part as the templates write it. @param indent spaces before each of its lines. */
export const kept = (name: string, text: string, indent = 0, mark: Mark = '#'): string => {
  const lines = [`${mark} nx-ci-cache ${name} {`, ...text.split('\n').filter((line) => line !== ''), `${mark} }`];
  return lines.map((line) => `${' '.repeat(indent)}${line}`).join('\n');
};

const begin = /^(\s*)(?:#|\/\/) nx-ci-cache ([\w-]+) \{\s*$/;
const end = /^\s*(?:#|\/\/) \}\s*$/;

interface Part {
  readonly name: string;
  readonly indent: string;
  /** Numbers of the lines of its two comments, counted from 0. */
  readonly from: number;
  readonly to: number;
}

const partsOf = (lines: readonly string[], file: string): readonly Part[] =>
  lines.flatMap((line, from) => {
    const [, indent = '', name] = begin.exec(line) ?? [];
    if (name === undefined) return [];
    const next = lines.findIndex((each, at) => at > from && (end.test(each) || begin.test(each)));
    if (next !== -1 && end.test(lines[next] ?? '')) return [{ name, indent, from, to: next }];
    throw new CiCacheError('OptionInvalid', `${file}: line ${from + 1} begins the part ${name}, and nothing ends it`, {
      remedy: `End it with a line "# }" in ${file}, or take line ${from + 1} away to keep the part yourself.`,
    });
  });

/**
 * The file with each of its parts as `fresh` has it, in the place and indentation it has. A part whose comments somebody
 * took away is theirs, and none is added.
 */
export const withFreshParts = (text: string, fresh: string, file: string): string => {
  const lines = text.split('\n');
  const freshLines = fresh.split('\n');
  const byName = new Map(partsOf(freshLines, file).map((part) => [part.name, part]));
  const parts = partsOf(lines, file);
  // From the last to the first, so that the numbers of those before stay true.
  for (const { name, indent, from, to } of [...parts].reverse()) {
    const part = byName.get(name);
    if (part === undefined) continue;
    const body = freshLines.slice(part.from + 1, part.to);
    lines.splice(from + 1, to - from - 1, ...body.map((line) => `${indent}${line.slice(part.indent.length)}`));
  }
  return lines.join('\n');
};
