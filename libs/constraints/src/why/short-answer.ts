/** An answer for a terminal: an explanation may have thousands of lines, which people read in the file. */
import type { Hold, WhyAnswer } from '@nx-ci-cache/records';
import { briefly } from '../explain/brief';

export const shortAnswer = (answer: WhyAnswer): WhyAnswer =>
  answer.kind === 'found' ? { ...answer, hold: shortHold(answer.hold) } : answer;

const shortHold = (hold: Hold): Hold => {
  if (hold.by === 'requirements') return { ...hold, explanation: briefly(hold.explanation) };
  return hold.by === 'unknown' ? { ...hold, reason: briefly(hold.reason) } : hold;
};
