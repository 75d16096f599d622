/** Reads of a registry in which "absent" is only ever the registry's own word for it. */
import { digestOf } from '@nx-ci-cache/process';
import { authorize, parseChallenge } from './authorize';
import { credentialsFor } from './credentials';
import { registryFailed } from './failure';
import { mediaTypes } from './oci';
import { parseReference, repositoryUrl, type ImageReference } from './reference';
import { createSend, type HttpAnswer, type HttpRequest, type SendOptions } from './send';

export interface Manifest {
  readonly digest: string;
  readonly mediaType: string;
  /** The parsed JSON; its shape follows the media type. */
  readonly body: unknown;
  /** Bytes. */
  readonly size: number;
}

/** All methods throw CiCacheError `RegistryFailed` when the registry gives no clear answer. */
export interface RegistryClient {
  /** The manifest or index of a reference, its bytes checked against its digest; undefined when there is none. */
  readonly getManifest: (reference: string) => Promise<Manifest | undefined>;
  /** Whether a repository holds a blob. */
  readonly blobExists: (repository: string, digest: string) => Promise<boolean>;
  /** A blob's bytes, checked against its digest. */
  readonly getBlob: (repository: string, digest: string) => Promise<Buffer>;
}

export interface RegistryOptions extends SendOptions {
  /** Where Docker's configuration is looked up. Default: the process's own. */
  readonly environment?: NodeJS.ProcessEnv;
}

const absentCodes = ['MANIFEST_UNKNOWN', 'NAME_UNKNOWN'];

export const registryClient = ({ environment = process.env, ...options }: RegistryOptions = {}): RegistryClient => {
  const send = createSend(options);
  const answers = new Map<string, string>();

  const request = async (reference: ImageReference, wanted: HttpRequest): Promise<HttpAnswer> => {
    const key = `${reference.host}/${reference.repository}`;
    const known = answers.get(key);
    const first = await send(withAuthorization(wanted, known));
    const challenge = first.status === 401 ? parseChallenge(first.headers.get('www-authenticate')) : undefined;
    if (challenge === undefined) return first;
    const credentials = await credentialsFor(reference.host, environment);
    const authorization = await authorize(challenge, reference.repository, credentials, send);
    answers.set(key, authorization);
    return send(withAuthorization(wanted, authorization));
  };

  return {
    getManifest: async (text) => {
      const reference = parseReference(text);
      const url = `${repositoryUrl(reference)}/manifests/${reference.digest ?? reference.tag ?? 'latest'}`;
      const accept = Object.values(mediaTypes).join(', ');
      const answer = await request(reference, { method: 'GET', url, headers: { accept } });
      return answer.status === 404 && saysAbsent(answer.body) ? undefined : manifestFrom(text, reference, answer);
    },
    blobExists: async (repository, digest) => {
      const reference = parseReference(repository);
      const url = `${repositoryUrl(reference)}/blobs/${digest}`;
      const answer = await request(reference, { method: 'HEAD', url });
      if (answer.status === 404) return false;
      checkOk(`${repository}@${digest}`, reference, answer);
      return true;
    },
    getBlob: async (repository, digest) => {
      const reference = parseReference(repository);
      const url = `${repositoryUrl(reference)}/blobs/${digest}`;
      const answer = await request(reference, { method: 'GET', url });
      checkOk(`${repository}@${digest}`, reference, answer);
      checkDigest(`${repository}@${digest}`, digest, digestOf(answer.body));
      return answer.body;
    },
  };
};

const withAuthorization = (request: HttpRequest, authorization: string | undefined): HttpRequest =>
  authorization === undefined ? request : { ...request, headers: { ...request.headers, authorization } };

const saysAbsent = (body: Buffer): boolean => {
  try {
    const { errors } = JSON.parse(body.toString('utf8')) as { errors?: readonly { code?: string }[] };
    return errors?.some(({ code }) => code !== undefined && absentCodes.includes(code)) ?? false;
  } catch {
    return false;
  }
};

const manifestFrom = (text: string, reference: ImageReference, answer: HttpAnswer): Manifest => {
  checkOk(text, reference, answer);
  const digest = digestOf(answer.body);
  for (const promised of [reference.digest, answer.headers.get('docker-content-digest')]) {
    if (promised) checkDigest(text, promised, digest);
  }
  const body = JSON.parse(answer.body.toString('utf8')) as { mediaType?: string };
  const mediaType = body.mediaType ?? answer.headers.get('content-type')?.split(';')[0] ?? '';
  return { digest, mediaType, body, size: answer.body.length };
};

const checkOk = (what: string, { host }: ImageReference, { status, body }: HttpAnswer): void => {
  if (status === 200) return;
  const denied = status === 401 || status === 403;
  const words = body.toString('utf8').slice(0, 300);
  throw registryFailed(`the registry answered ${status} for ${what}${words === '' ? '' : `: ${words}`}`, {
    status,
    ...(denied ? { remedy: `Log in with an account that may read it: docker login ${host}` } : {}),
  });
};

const checkDigest = (what: string, expected: string, actual: string): void => {
  if (expected !== actual) throw registryFailed(`${what} holds bytes of ${actual} instead of ${expected}`);
};
