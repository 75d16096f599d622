/** Guard against going back: a pin below the published one is most often an accident, unless that was yanked since. */
import { compare } from '@renovatebot/pep440';
import { normaliseName } from '@nx-ci-cache/config';
import type { Guard } from './guard';

export const noDowngrades: Guard = {
  name: 'no-downgrades',
  remedy: 'Ask nx run <project>:why what holds the package back, or name it in constraints.guard.allowDowngrade.',
  refuse: ({ pins, published, proof }, { allowDowngrade }) => {
    const allowed = new Set(allowDowngrade.map(normaliseName));
    return [...pins].flatMap(([name, version]) => {
      const before = published?.get(name);
      const isDowngrade = before !== undefined && compare(version, before) < 0;
      return isDowngrade && !allowed.has(name) && proof?.withdrawn?.has(name) !== true
        ? [`${name} goes down from ${before} to ${version}`]
        : [];
    });
  },
};
