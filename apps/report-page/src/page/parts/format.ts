/** Figures as people read them. */

export const secondsText = (seconds: number | undefined): string => {
  if (seconds === undefined) return '';
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
};

const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

export const bytesText = (bytes: number | undefined): string => {
  if (bytes === undefined) return '';
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  return `${(bytes / 1024 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power]}`;
};
