/** Durations as people write them in ci-cache.json: `30m`, `24h`, `7d`. */
const seconds = { m: 60, h: 3600, d: 86_400 };

/** Seconds of a duration the schema has accepted. */
export const durationSeconds = (text: string): number =>
  Number(text.slice(0, -1)) * seconds[text.at(-1) as keyof typeof seconds];
