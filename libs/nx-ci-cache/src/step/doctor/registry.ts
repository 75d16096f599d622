/** The registry: each repository and cache repository takes a push of this account, and its clock agrees with ours. */
import { checkPushRight, parseReference } from '@nx-ci-cache/images';
import type { Examined } from '@nx-ci-cache/report';
import { unseen, well, findingOf, type Check } from './check';
import { judgeClock } from './clock';
import { specsOf } from './specs';
import type { Patient } from './subject';

export const registryCheck: Check<Patient> = {
  name: 'registry',
  look: async ({ context, source }) => {
    if (source === undefined) return unseen('needs a checkout');
    const names = specsOf(context, source).flatMap(({ repository, cacheRef }) => [repository, repositoryIn(cacheRef)]);
    const { environment } = context;
    const clocks = new Map<string, number>();
    const looks = [...new Set(names)].map((name) =>
      checkPushRight(name, { environment }).then(({ aheadMs }) => {
        if (aheadMs !== undefined) clocks.set(parseReference(name).host, aheadMs);
        return well(`${name} takes a push`);
      }, findingOf),
    );
    const pushes = await Promise.all(looks);
    const told = [...clocks].map(([host, ahead]): Examined => ({ check: 'clock', ...judgeClock(host, ahead) }));
    return [...pushes, ...told];
  },
};

const repositoryIn = (reference: string): string => {
  const { host, repository } = parseReference(reference);
  return `${host}/${repository}`;
};
