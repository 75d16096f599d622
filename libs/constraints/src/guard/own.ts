/** Guard against own packages: a pin of what the branch itself builds would hold its own sources back. */
import { isOwn } from '../requirements/own-packages';
import type { Guard } from './guard';

export const noOwnPackages: Guard = {
  name: 'no-own-packages',
  remedy: 'Resolve the file again; if the package is not your own, correct ownPackages in ci-cache.json.',
  refuse: ({ pins, own }) =>
    [...pins].flatMap(([name, version]) =>
      isOwn(name, own) ? [`${name}==${version} is a package of this workspace`] : [],
    ),
};
