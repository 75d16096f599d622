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

const hub = 'docker.io';
/** Its registry's own host, which Docker takes as it stands. */
const hubApi = 'registry-1.docker.io';
/** What people write for Docker Hub. */
export const hubHosts: readonly string[] = [hub, 'index.docker.io', hubApi];

/**
 * Docker Hub has one host, whatever it is written as.
 * @throws CiCacheError `OptionInvalid`: not `[host[:port]/]repository[:tag][@sha256:…]`.
 */
export const parseReference = (text: string): ImageReference => {
  const groups = grammar.exec(text)?.groups;
  if (groups?.['repository'] === undefined) {
    throw new CiCacheError('OptionInvalid', `"${text}" is no image reference`, {
      remedy: 'Write [host[:port]/]repository[:tag][@sha256:…], the repository in lower case.',
      data: { reference: text },
    });
  }
  const { host: written = hub, repository, tag, digest } = groups;
  const host = hubHosts.includes(written) ? hub : written;
  const official = host === hub && written !== hubApi && !repository.includes('/');
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
  const apiHost = host === hub ? hubApi : host;
  return `${isLoopback(host) ? 'http' : 'https'}://${apiHost}/v2/`;
};

/** As Docker and BuildKit shorten a name: a host that they take as it stands stays in it. */
export const familiarName = (text: string): string => {
  const { host, repository, tag = 'latest' } = parseReference(text);
  const isHub = host === hub && !text.startsWith(`${hubApi}/`);
  const short = isHub
    ? repository.replace(/^library\/(?=[^/]+$)/, '')
    : `${host === hub ? hubApi : host}/${repository}`;
  return tag === 'latest' ? short : `${short}:${tag}`;
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
