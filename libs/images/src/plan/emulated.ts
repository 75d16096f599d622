/** What a leg cost when it was built by emulation last, for whoever wonders why it takes so long. */
import { isNative, type LastBuild } from '@nx-ci-cache/records';

/** In words; undefined where it ran natively, or nobody knows. */
export const emulatedLast = (platform: string, { ranOn = platform, seconds }: LastBuild = {}): string | undefined => {
  if (isNative(platform, ranOn)) return undefined;
  return `emulated on ${ranOn}${seconds === undefined ? '' : `, ${Math.round(seconds)} s`} last time`;
};
