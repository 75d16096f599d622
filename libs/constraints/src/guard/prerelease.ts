/** Guard against pre-releases nobody asked for: the resolver takes one as a way out where a person would want an error. */
import type { Guard } from './guard';

export const noUnaskedPrereleases: Guard = {
  name: 'no-unasked-prereleases',
  remedy:
    'Bound the package, or what requires it, to a stable release; or name it in "prereleasePackages" of the mode to take pre-releases.',
  refuse: ({ proof }) => {
    if (proof?.unasked === undefined) return [];
    return [...proof.unasked].map(
      ([name, { version, stable }]) =>
        `${name}==${version} is a pre-release nobody asked for; ${stable} is its newest stable release`,
    );
  },
};
