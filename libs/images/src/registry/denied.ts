/** What to do when an account is not let in: some registries say the same of a repository that does not exist. */
import type { ImageReference } from './reference';

export const deniedRemedy = ({ host, repository }: ImageReference, actions: 'pull' | 'pull,push' | 'delete'): string =>
  deniedRemedyFor(host, `repository:${repository}:${actions}`);

/** @param scope as a token is asked for. */
export const deniedRemedyFor = (host: string, scope: string): string =>
  `Log in with an account that has ${scope} on ${host}: docker login ${host}. ` +
  'If the repository does not exist yet, create it: some registries answer the same for one that is absent.';
