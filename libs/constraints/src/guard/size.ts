/** Guards of size: a file that lost its packages resolves and installs well, and protects nobody. */
import { counted } from '@nx-ci-cache/process';
import type { Guard } from './guard';

export const enoughPins: Guard = {
  name: 'enough-pins',
  remedy: 'Look for requirements that went missing, or lower constraints.guard.minPins in ci-cache.json.',
  refuse: ({ pins }, { minPins }) =>
    pins.size < minPins ? [`it holds ${counted(pins.size, 'pin')}, fewer than minPins allows`] : [],
};

export const noShrinking: Guard = {
  name: 'no-shrinking',
  remedy:
    'Look for requirements that went missing, or raise constraints.guard.maxShrink in ci-cache.json for this run.',
  refuse: ({ pins, published }, { maxShrink }) => {
    const before = published?.size ?? 0;
    const lost = before - pins.size;
    if (before === 0 || lost / before <= maxShrink) return [];
    return [
      `it shrinks from ${before} to ${counted(pins.size, 'pin')}, by ${percent(lost / before)}%, more than maxShrink allows`,
    ];
  },
};

/** Rounded up: a share just above the limit must not read like the limit. */
const percent = (share: number): number => Math.ceil(share * 100);
