/** A long text that a CI's page folds away: each CI has marks of its own, which it obeys at the start of a line. */
import { ciName } from '@nx-ci-cache/branch';
import { harmlessLine, harmlessText } from '@nx-ci-cache/process';

interface Marks {
  readonly start: string;
  readonly end: string;
}

/** @param at seconds since 1970. */
type MarksOf = (title: string, name: string, at: number) => Marks;

const github: MarksOf = (title) => ({ start: `::group::${title.replaceAll('%', '%25')}`, end: '::endgroup::' });
const azure: MarksOf = (title) => ({ start: `##[group]${title}`, end: '##[endgroup]' });
const gitlab: MarksOf = (title, name, at) => ({
  start: `\u001b[0Ksection_start:${at}:${name}[collapsed=true]\r\u001b[0K${title}`,
  end: `\u001b[0Ksection_end:${at}:${name}\r\u001b[0K`,
});
/** A group ends where the next one begins, and what comes after ours is to be seen. */
const buildkite: MarksOf = (title) => ({ start: `--- ${title}`, end: '+++ nx-ci-cache' });

const marks: Readonly<Record<string, MarksOf>> = { github, gitlab, azure, buildkite };

const marksIn = (environment: NodeJS.ProcessEnv): MarksOf | undefined => marks[ciName(environment) ?? ''];

export interface LogGroup {
  readonly title: string;
  readonly text: string;
}

export const hasLogGroups = (environment: NodeJS.ProcessEnv): boolean => marksIn(environment) !== undefined;

/**
 * The group as a CI is to be given it, in one piece: builds side by side write between any two. Nothing inside of it is
 * obeyed. Empty where no CI folds.
 */
export const logGroup = ({ title, text }: LogGroup, environment: NodeJS.ProcessEnv, now = new Date()): string => {
  const shown = harmlessLine(title, environment);
  const name = shown.replaceAll(/[^A-Za-z0-9_.-]+/g, '_');
  const around = marksIn(environment)?.(shown, name, Math.floor(now.getTime() / 1000));
  if (around === undefined) return '';
  return [around.start, harmlessText(text.trimEnd(), environment), around.end, ''].join('\n');
};
