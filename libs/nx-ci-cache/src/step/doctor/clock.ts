/** Clocks that agree: a token of a registry is valid for minutes, and the cut-off of a run is an instant. */
import type { Finding } from '@nx-ci-cache/report';
import { well, wrong } from './check';

/** Registries bear less than this before they refuse a token as issued in the future, or as expired. */
const tolerated = 60_000;

export const judgeClock = (whose: string, aheadMs: number): Finding => {
  const seconds = Math.round(Math.abs(aheadMs) / 1000);
  if (Math.abs(aheadMs) < tolerated) return well(`${whose} and this machine agree on the time`);
  const way = aheadMs > 0 ? 'ahead of' : 'behind';
  return wrong(
    `the clock of ${whose} is ${seconds} s ${way} this machine's`,
    'timedatectl set-ntp true, on whichever is wrong',
  );
};
