/**
 * Removes tags and manifests, where a registry lets somebody: some know no removal, some none of a tag, some none of what a
 * tag still names.
 */
import type { HttpAnswer } from '@nx-ci-cache/http';
import type { Grant } from '@nx-ci-cache/records';
import { absenceIn } from './absence';
import { askingFor } from './asking';
import type { RegistryOptions } from './client';
import { deniedRemedy } from './denied';
import { registryFailed } from './failure';
import { parseReference, repositoryUrl, type ImageReference } from './reference';
import { otherWay } from './refusal';
import { createSend } from './send';

/** `gone`: nothing was there any more. `not offered`: the registry removes no such thing. */
export type Removed = 'removed' | 'gone' | 'not offered';

/** All methods throw CiCacheError `RegistryFailed` for an account without the right, and when there is no clear answer. */
export interface RegistryRemoval {
  /** Whether manifests of a repository can be removed; asked with the digest of nothing, so that nothing is. */
  readonly isOffered: (repository: string) => Promise<boolean>;
  /** The tag alone: what it names stays. */
  readonly removeTag: (repository: string, tag: string) => Promise<Removed>;
  /** A manifest, with all tags that name it. */
  readonly removeManifest: (repository: string, digest: string) => Promise<Removed>;
}

const nobodys = `sha256:${'0'.repeat(64)}`;

/** @param _grant without it there is no way to remove anything. */
export const registryRemoval = (options: RegistryOptions, _grant: Grant<'removal'>): RegistryRemoval => {
  const request = askingFor('delete', createSend(options), options);
  const remove = async (repository: string, name: string): Promise<Removed> => {
    const reference = parseReference(repository);
    const answer = await request(reference, {
      method: 'DELETE',
      url: `${repositoryUrl(reference)}/manifests/${name}`,
    });
    return judge(answer, name, reference);
  };
  return {
    isOffered: async (repository) => (await remove(repository, nobodys)) !== 'not offered',
    removeTag: remove,
    removeManifest: remove,
  };
};

/** Of a tag 400 says what 405 does: its name is no digest. 404 with a page for people is of a server that knows no such request. */
const judge = (answer: HttpAnswer, name: string, reference: ImageReference): Removed => {
  const { status, body } = answer;
  if (status >= 200 && status < 300) return 'removed';
  if (status === 405 || (status === 400 && !name.startsWith('sha256:'))) return 'not offered';
  if (status === 404) return absenceIn(answer) === 'no' ? 'not offered' : 'gone';
  const what = `${reference.host}/${reference.repository}${name.startsWith('sha256:') ? '@' : ':'}${name}`;
  const words = body.toString('utf8').slice(0, 300);
  throw registryFailed(`the registry answered ${status} to the removal of ${what}${words === '' ? '' : `: ${words}`}`, {
    status,
    // Docker Hub says the same of what a tag still names.
    ...(status === 401 || status === 403
      ? { remedy: `${deniedRemedy(reference, 'delete')} Or ${otherWay(reference.host)}.` }
      : {}),
  });
};
