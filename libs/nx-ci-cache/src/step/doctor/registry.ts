/** The registry: each repository and cache repository takes a push of this account. */
import { checkPushRight, parseReference } from '@nx-ci-cache/images';
import { unseen, well, findingOf, type Check } from './check';
import { specsOf } from './specs';
import type { Patient } from './subject';

export const registryCheck: Check<Patient> = {
  name: 'registry',
  look: ({ context, source }) => {
    if (source === undefined) return unseen('needs a checkout');
    const names = specsOf(context, source).flatMap(({ repository, cacheRef }) => [repository, repositoryIn(cacheRef)]);
    const { environment } = context;
    const looks = [...new Set(names)].map((name) =>
      checkPushRight(name, { environment }).then(() => well(`${name} takes a push`), findingOf),
    );
    return Promise.all(looks);
  },
};

const repositoryIn = (reference: string): string => {
  const { host, repository } = parseReference(reference);
  return `${host}/${repository}`;
};
