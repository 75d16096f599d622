/** A look at one thing a run needs: it goes by what the run itself would do, so that both say the same. */
import { CiCacheError, harmless, messageOf, redact } from '@nx-ci-cache/process';
import type { Examined, Finding } from '@nx-ci-cache/report';

export interface Check<Subject> {
  readonly name: string;
  /** What it throws is a finding too. */
  readonly look: (subject: Subject) => Promise<Finding | readonly Finding[]> | Finding | readonly Finding[];
}

export const well = (says: string): Finding => ({ verdict: 'well', says });
export const advice = (says: string, mend: string): Finding => ({ verdict: 'advice', says, mend });
export const wrong = (says: string, mend: string): Finding => ({ verdict: 'wrong', says, mend });
export const unseen = (says: string): Finding => ({ verdict: 'unseen', says });

/** The words a run would have ended with. */
export const findingOf = (error: unknown): Finding => {
  const clean = (text: string) => harmless(redact(text)).trim();
  return error instanceof CiCacheError
    ? wrong(clean(error.message), clean(error.remedy))
    : wrong(clean(messageOf(error)), '');
};

/** All at once, and each to its end: whoever mends one thing wants to know of the others. */
export const examine = async <Subject>(
  checks: readonly Check<Subject>[],
  subject: Subject,
): Promise<readonly Examined[]> => {
  const looks = checks.map(async ({ name, look }): Promise<readonly Examined[]> => {
    const found = await Promise.resolve()
      .then(() => look(subject))
      .catch(findingOf);
    return [found].flat().map((finding) => ({ check: name, ...finding }));
  });
  return (await Promise.all(looks)).flat();
};
