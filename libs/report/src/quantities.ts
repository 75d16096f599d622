/** Ages, durations and sizes in few words. */

const units = [
  ['d', 24 * 60 * 60],
  ['h', 60 * 60],
  ['min', 60],
] as const;

/** Of what was so at `then`; empty when nobody says it. Both ISO 8601. */
export const ageWords = (then: string | undefined, now: string): string =>
  then === undefined ? '' : durationWords(Math.max(0, (Date.parse(now) - Date.parse(then)) / 1000));

/** In the largest unit of which there is more than one: `36 h`, `3 d`. */
export const durationWords = (seconds: number): string => {
  const [unit, length] = units.find(([, each]) => seconds >= 2 * each) ?? ['s', 1];
  return `${Math.floor(seconds / length)} ${unit}`;
};

const sizes = [
  ['GB', 1e9, 1],
  ['MB', 1e6, 0],
  ['kB', 1e3, 0],
] as const;

export const bytesWords = (bytes: number): string => {
  const [unit, size, digits] = sizes.find(([, each]) => bytes >= each) ?? ['B', 1, 0];
  return `${(bytes / size).toFixed(digits)} ${unit}`;
};
