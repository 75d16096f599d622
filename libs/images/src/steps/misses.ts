/** The steps of a build that were not in its cache, each with why. */
import { redact } from '@nx-ci-cache/process';
import type { RanStep } from '@nx-ci-cache/records';
import type { Step } from '../builder/metadata';
import { whyItRan } from './explain';
import { parseSteps } from './recorded-steps';
import type { MadeStep } from './step';

/** `[linux/arm64 deps 2/3] RUN make`: stage and number, where they are told. */
const place = /^\[(?:\S+\/\S+ )?(?:(\S+) )? *(\d+)\/(\d+)\] ([^]*)$/;

/** In the order of the Dockerfile; undefined where nobody knows what the steps were made from before. @param steps as BuildKit calls them. */
export const missesOf = (
  steps: readonly Step[],
  made: readonly MadeStep[],
  recorded: string | undefined,
): readonly RanStep[] | undefined => {
  const before = recorded === undefined ? undefined : parseSteps(recorded);
  if (before === undefined) return undefined;
  return steps
    .filter(({ cached }) => !cached)
    .flatMap(({ name }) => stepCalled(name, made))
    .sort((left, right) => made.indexOf(left.step) - made.indexOf(right.step))
    .map(({ ran, step }) => ({ step: redact(ran), reasons: whyItRan(step, made, before).map((each) => redact(each)) }));
};

const stepCalled = (name: string, made: readonly MadeStep[]) => {
  const [, stage, number = '', total = '', text = ''] = place.exec(name) ?? [];
  const step = made.find((each) => each.number === Number(number) && (stage ?? each.stage) === each.stage);
  const at = [stage ?? [], `${number}/${total}`].flat().join(' ');
  return step === undefined ? [] : [{ ran: `${at} ran: ${text}`, step }];
};

export const missSaid = ({ step, reasons }: RanStep): string => `step ${step} — ${reasons.join('; ')}`;
