/** Several values in one flag, separated by commas: prompts and command lines give the same. */
export const listOf = (text = ''): readonly string[] =>
  text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
