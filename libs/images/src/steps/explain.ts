/** Why a step of a build was not cached: how it differs from the same step of the build that the cache came from. */
import { counted } from '@nx-ci-cache/process';
import { atDepth, type RecordedSteps } from './recorded-steps';
import type { MadeStep } from './step';

type Texts = Readonly<Record<string, string>>;
type Steps = readonly MadeStep[];

/** How many changes of one kind are named. */
const most = 3;

/** Reasons in words, at least one. @param step one of `all`. */
export const whyItRan = (step: MadeStep, all: Steps, { steps: before, depth }: RecordedSteps): string[] => {
  const now = atDepth(all, depth);
  const own = (each: MadeStep) => ownReasons(each, now, before);
  const current = now[all.indexOf(step)] as MadeStep;
  const reasons = own(current);
  if (reasons.length > 0) return reasons;
  // The first that changed is where the cache broke.
  const first = below(current, now).find((each) => own(each).length > 0);
  if (first !== undefined) return [`${first.says} before it: ${own(first).join('; ')}`];
  const was = sameIn(current, now, before);
  if (was?.parent === current.parent) return ['nothing that it is made from changed: the cache did not hold it'];
  const texts = new Set(now.map(({ text }) => text));
  const gone = was && below(was, before).find(({ text }) => !texts.has(text));
  return [gone === undefined ? 'the steps before it are in another order' : `${gone.says} before it is gone`];
};

/** What the step itself is made from, leaving out what it stands on. */
const ownReasons = (step: MadeStep, now: Steps, before: Steps): string[] => {
  const was = sameIn(step, now, before);
  if (was === undefined) return [unlike(step, now, before)];
  return [
    ...changes(was.files, step.files, (name, how) => `${name === '' ? 'the context' : name} ${how}`),
    ...changes(was.values, step.values, (name, how) => `the value of ${name} ${how}`),
    ...changes(was.images, step.images, (name, how) => `the image ${name} ${how === 'changed' ? 'moved' : how}`),
    ...changes(was.stages, step.stages, (name, how) => `the stage ${name} ${how}${within(name, now, before)}`),
  ];
};

/** What changed in a stage first. */
const within = (stage: string, now: Steps, before: Steps): string => {
  const first = now.find((each) => each.stage === stage && ownReasons(each, now, before).length > 0);
  return first === undefined ? '' : ` (${first.says}: ${ownReasons(first, now, before).join('; ')})`;
};

/** The step with the same text: of several in a stage, the one in the same place among them. */
const sameIn = (step: MadeStep, now: Steps, before: Steps): MadeStep | undefined => {
  const isSame = ({ stage, text }: MadeStep) => stage === step.stage && text === step.text;
  return before.filter(isSame)[now.filter(isSame).indexOf(step)];
};

/** The one in its place, unless that stands elsewhere now, is what it was before it was edited. */
const unlike = (step: MadeStep, now: Steps, before: Steps): string => {
  const was = before.find(({ stage, number }) => stage === step.stage && number === step.number);
  const isElsewhere = was === undefined || now.some(({ stage, text }) => stage === was.stage && text === was.text);
  return isElsewhere ? 'the instruction is new' : `the instruction changed: it was ${was.says}`;
};

/** All that a step stands on in its stage, the first one first. */
const below = (step: MadeStep, steps: Steps): Steps => {
  const inStage = steps.filter(({ stage }) => stage === step.stage);
  return inStage.slice(0, inStage.indexOf(step));
};

const changes = (was: Texts, is: Texts, words: (name: string, how: string) => string): string[] => {
  const [before, now] = [new Map(Object.entries(was)), new Map(Object.entries(is))];
  const all = [...new Set([...before.keys(), ...now.keys()])].sort().flatMap((name) => {
    if (before.get(name) === now.get(name)) return [];
    return [words(name, !before.has(name) ? 'is new' : !now.has(name) ? 'is gone' : 'changed')];
  });
  return all.length > most ? [...all.slice(0, most), `and ${counted(all.length - most, 'more change')}`] : all;
};
