/** Image references: where a name points, and which protocol may be spoken there. */
import { CiCacheError } from '@nx-ci-cache/process';

export interface ImageReference {
  /** `host[:port]`; `docker.io` when the text names none. */
  readonly host: string;
  readonly repository: string;
  readonly tag?: string;
  /** `sha256:<hex>`. */
  readonly digest?: string;
}

const component = '[a-z0-9]+(?:(?:\\.|_{1,2}|-+)[a-z0-9]+)*';
const grammar = new RegExp(
  '^(?:(?<host>(?:[A-Za-z0-9-]+\\.[A-Za-z0-9.-]+|localhost|[A-Za-z0-9.-]+(?=:\\d)|\\[[0-9a-fA-F:]+\\])(?::\\d+)?)/)?' +
    `(?<repository>${component}(?:/${component})*)` +
    '(?::(?<tag>\\w[\\w.-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$',
);

/** @throws CiCacheError `OptionInvalid`: not `[host[:port]/]repository[:tag][@sha256:…]`. */
export const parseReference = (text: string): ImageReference => {
  const groups = grammar.exec(text)?.groups;
  if (groups?.['repository'] === undefined) {
    throw new CiCacheError('OptionInvalid', `"${text}" is no image reference`, {
      remedy: 'Write [host[:port]/]repository[:tag][@sha256:…], the repository in lower case.',
      data: { reference: text },
    });
  }
  const { host = 'docker.io', repository, tag, digest } = groups;
  const official = host === 'docker.io' && !repository.includes('/');
  return {
    host,
    repository: official ? `library/${repository}` : repository,
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
  };
};

/** Of `host[:port]`. */
export const isLoopback = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/.test(host);

/** Base URL of the registry API. Plain http is spoken to loopback hosts only. */
export const registryUrl = ({ host }: Pick<ImageReference, 'host'>): string => {
  const apiHost = host === 'docker.io' ? 'registry-1.docker.io' : host;
  return `${isLoopback(host) ? 'http' : 'https'}://${apiHost}/v2/`;
};

/** Base URL of the registry API for a repository. */
export const repositoryUrl = (reference: ImageReference): string => `${registryUrl(reference)}${reference.repository}`;

/** `repository:tag` without its tag. */
export const repositoryOf = (reference: string): string => reference.replace(/:[^:/]*$/, '');

/** `name:tag@digest`: the tag stays for people, the digest decides. */
export const pinnedReference = (reference: string, digest: string): string =>
  reference.includes('@') ? reference : `${reference}@${digest}`;

/** Whether the text names a digest, which decides whatever its tag is. */
export const isPinned = (text: string): boolean => /@sha256:[0-9a-f]{64}$/.test(text);
