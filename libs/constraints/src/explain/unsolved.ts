/** A cell without a solution, in the resolver's own words and our file names, and what to do about it. */
import { CiCacheError } from '@nx-ci-cache/process';
import type { CellFacts, TextFact } from '@nx-ci-cache/records';
import type { CompileAnswer } from '../resolver/compile';
import { briefly, isLong } from './brief';
import { hasSettled } from '../indexes/cutoff';
import { boundsName, excludesName, inputName, limitsName, outputName } from '../inputs/names';
import type { WithoutWheels } from './without-wheels';
import { wheelsRemedy } from './wheels-remedy';
import { cellFolderName } from '../resolver/cell-folder';

/** What was found out about it beside the resolver's words. */
export interface Cause {
  /** First later cut-off that solves it, when there is one. */
  readonly later?: string | undefined;
  readonly wheels?: WithoutWheels | undefined;
  /** Later patch release of the cell's Python that solves it. */
  readonly patch?: string | undefined;
}

/** What of the explanation does not fit into the message stands in `data.explanation`, whole. */
export const unsolved = (
  facts: CellFacts,
  answer: CompileAnswer,
  { later, wheels, patch }: Cause = {},
  now: Date = new Date(),
): CiCacheError => {
  const { exitCode, stderr } = answer;
  const { mode, python, cutoff } = facts;
  const words = readable(stderr, facts);
  const rest = wheels?.rest && readable(wheels.rest.stderr, facts);
  const said = [
    `no constraints for ${mode} on Python ${python} at ${cutoff}:`,
    briefly(words),
    ...(later === undefined ? [] : [`The cut-off is the cause: with releases up to ${later} it has a solution.`]),
    ...(wheels === undefined ? [] : [`No usable wheel: ${wheels.names.join(', ')}.`]),
    ...(rest === undefined ? [] : [withoutThem, briefly(rest)]),
    ...(patch === undefined ? [] : [`The patch release is the cause: for Python ${patch} it has a solution.`]),
  ];
  return new CiCacheError('ResolveFailed', said.join('\n'), {
    remedy: remedyOf({ later, wheels, patch }, answer, facts, now),
    data: {
      ...{ mode, python, cutoff, exitCode },
      ...(later === undefined ? {} : { later }),
      ...(patch === undefined ? {} : { patch }),
      ...(wheels === undefined ? {} : { withoutWheels: wheels.names }),
      ...(isLong(words) || isLong(rest ?? '')
        ? { explanation: [words, ...(rest === undefined ? [] : [withoutThem, rest])].join('\n') }
        : {}),
    },
  });
};

const withoutThem = 'There is no solution without them either:';

const remedyOf = ({ later, wheels, patch }: Cause, answer: CompileAnswer, facts: CellFacts, now: Date): string => {
  const said = [
    ...(patch === undefined ? [] : [toPatch(patch, facts)]),
    ...(wheels === undefined ? [] : [wheelsRemedy(wheels, facts)]),
  ];
  return said.length > 0 ? said.join(' ') : remedyFor(facts, answer, later && toSee(later, now, facts));
};

const toPatch = (newer: string, { python, patch = python }: CellFacts): string => {
  const meaning = patch === python ? `: "${python}" means ${python}.0` : '';
  return `Write "${newer}" for "${patch}" into "pythons" of ci-cache.json${meaning}. Files keep their names.`;
};

const remedyFor = (facts: CellFacts, { exitCode, stderr }: CompileAnswer, seeLater?: string): string => {
  const [isMalformed, input] = malformed.exec(stderr) ?? [];
  if (isMalformed !== undefined)
    return `A requirement is malformed: correct it in ${input === undefined ? 'the file named above' : readable(input, facts)}.`;
  if (exitCode !== 1) return 'Check that the package index can be reached.';
  const files = [...new Set(facts.requirements.map(({ path }) => path))].join(' or ');
  return seeLater === undefined
    ? `Loosen ${files}.`
    : `${seeLater}, name the new package in "cutoffExempt", or loosen ${files}.`;
};

/** A preview sees the cut-off of the published constraints, which may lie long ago: then there is nothing to wait for. */
const toSee = (later: string, now: Date, facts: CellFacts): string =>
  hasSettled(later, now, facts)
    ? `This run sees the index as of its cut-off: say --cutoff=${later} or CI_CACHE_CUTOFF=${later} to see that day`
    : `Wait until the cut-off has passed ${later.slice(0, 10)}`;

/** Metadata of a package may be unreadable as well; nobody here could correct that. */
const malformed = /^error: (?:Couldn't parse requirement in `(.+?)`|Failed to parse:|Unexpected )/m;

/** The whole explanation, with the names people gave their files in place of those of the private folder. */
export const readable = (stderr: string, facts: CellFacts): string => {
  const names = new Map([
    ...facts.requirements.map(({ path }, at) => [inputName(at, path), path] as const),
    ...boundsNames('build-constraints', facts.buildConstraints),
    ...boundsNames('constraints', facts.constraints),
    ...boundsNames('overrides', facts.overrides),
    [limitsName, `"limits" of ${facts.mode}`] as const,
    [excludesName, `"excludes" of ${facts.mode}`] as const,
    [outputName, `the published pins of ${facts.mode}`] as const,
  ]);
  const name = [...names.keys()].map((each) => each.replaceAll('.', '\\.')).join('|');
  // In one pass, and only where a path begins: a path of theirs may hold or end in a name of ours.
  const ours = new RegExp(`(?:${privateFolder}|(?<![\\w./-]))(${name})(?![\\w-])|${privateFolder}`, 'g');
  return stderr
    .split('\n')
    .filter((line) => !aboutInterpreter.test(line))
    .join('\n')
    .replaceAll(ours, (_path, found?: string) => names.get(found ?? '') ?? '')
    .trim();
};

const boundsNames = (kind: Parameters<typeof boundsName>[0], texts: readonly TextFact[] = []) =>
  texts.map(({ path }, at) => [boundsName(kind, at), path] as const);

/** Gone with the cell: nobody could look there. */
const privateFolder = `(?:file://)?/[^\\s\`'"]*${cellFolderName}\\d+-\\w+/?`;

/** Which Python would build an sdist says nothing about why there is no solution. */
const aboutInterpreter = /^warning: The requested Python version .* will be used to build dependencies instead\.$/;
