/** What a preview without an account is kept from: it says so and shows the rest, where a run that may publish is refused. */
import { CiCacheError } from '@nx-ci-cache/process';
import type { Reason } from '@nx-ci-cache/records';
import { parseReference } from './reference';

export const unseen = (reference: string): Reason => {
  const { host, repository } = parseReference(reference);
  return { kind: 'unseen', text: `not seen: needs an account for ${host}/${repository}` };
};

const isDenied = (error: unknown): boolean =>
  error instanceof CiCacheError && error.code === 'RegistryFailed' && error.data['denied'] === true;

/** What `look` finds; `otherwise` where a preview is not let in. */
export const seenOr = async <Value>(preview: boolean, look: Promise<Value>, otherwise: Value): Promise<Value> =>
  look.catch((error: unknown) => {
    if (preview && isDenied(error)) return otherwise;
    throw error;
  });
