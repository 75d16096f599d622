/** The one spelling of a list of installed packages, so that the same image has the same bytes whoever froze it. */

/** Lines without comments, blanks and order; `Editable install …` comments of pip go with the comments. */
export const canonicalFreeze = (printed: string): string => {
  const lines = printed
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  // By code unit: a locale would order them differently on another machine.
  return [...new Set(lines)]
    .sort()
    .map((line) => `${line}\n`)
    .join('');
};
