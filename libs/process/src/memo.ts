/** Asking once: equal questions of one run share one answer, also while it is still awaited. */

/** Remembers answers by key for as long as the result lives; a failure is no answer and is asked anew. */
export const askedOnce = <Answer>(): ((key: string, ask: () => Promise<Answer>) => Promise<Answer>) => {
  const answers = new Map<string, Promise<Answer>>();
  return (key, ask) => {
    const known = answers.get(key);
    if (known !== undefined) return known;
    const answer = ask();
    answers.set(key, answer);
    answer.catch(() => answers.delete(key));
    return answer;
  };
};
