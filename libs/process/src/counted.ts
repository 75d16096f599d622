/** How many of something, as a person would write it. */

/** `1 pin`, `2 pins`; of a word whose plural is not its own with an s, with that plural. */
export const counted = (count: number, one: string, several = `${one}s`): string =>
  `${count} ${count === 1 ? one : several}`;
