/** Which cause a failure has; the words of a Dockerfile's step are its own, and say nothing of registry or node. */
import { causes, unknown, type Cause } from './causes';

export interface Said {
  /** The last words of buildx. */
  readonly words: string;
  /** Name of the vertex that failed. */
  readonly step?: string | undefined;
  /** The end of what it printed. */
  readonly log?: string;
}

export const causeOf = ({ words, step = '', log = '' }: Said): Omit<Cause, 'words'> => {
  const [, exit] = /did not complete successfully: ([^]*)$/.exec(words) ?? [];
  const [by, text] =
    exit === undefined ? (['by the build', `${step}\n${words}`] as const) : (['by a step', `${exit}\n${log}`] as const);
  return causes.find(({ said, words: forms }) => said === by && forms.some((form) => form.test(text))) ?? unknown;
};
