/** Reads of a registry in which "absent" is only ever the registry's own word for it. */
import type { HttpAnswer, HttpOptions } from '@nx-ci-cache/http';
import { askedOnce, digestOf } from '@nx-ci-cache/process';
import { absenceIn, isRegistry } from './absence';
import { askingFor } from './asking';
import { deniedRemedy } from './denied';
import { registryFailed } from './failure';
import { mediaTypes } from './oci';
import { parseReference, registryUrl, repositoryUrl, type ImageReference } from './reference';
import { createSend } from './send';
import { nextPage, tagsIn, tagsUrl } from './tags';

export interface Manifest {
  readonly digest: string;
  readonly mediaType: string;
  /** The parsed JSON; its shape follows the media type. */
  readonly body: unknown;
  /** Bytes. */
  readonly size: number;
}

export interface BlobPart {
  readonly from: number;
  readonly bytes: number;
}

/** All methods throw CiCacheError `RegistryFailed` when the registry gives no clear answer. */
export interface RegistryClient {
  /** The manifest or index of a reference, its bytes checked against its digest; undefined when there is none. */
  readonly getManifest: (reference: string) => Promise<Manifest | undefined>;
  /** Whether a repository holds a blob. */
  readonly blobExists: (repository: string, digest: string) => Promise<boolean>;
  /** A blob's bytes, checked against its digest. */
  readonly getBlob: (repository: string, digest: string) => Promise<Buffer>;
  /**
   * Some bytes of a blob, and all behind `from` where the registry knows no parts; unlike a whole one they cannot be checked
   * against its digest.
   */
  readonly getBlobPart: (repository: string, digest: string, part: BlobPart) => Promise<Buffer>;
  /** Every tag of a repository; none of one that is not there. */
  readonly tagsOf: (repository: string) => Promise<readonly string[]>;
}

export interface RegistryOptions extends HttpOptions {
  /** Where Docker's configuration, proxy and authorities are looked up. Default: the process's own. */
  readonly environment?: NodeJS.ProcessEnv;
}

/** Every call asks the registry: what was just written is read back from there. See `remembering` for who only looks. */
export const registryClient = (options: RegistryOptions = {}): RegistryClient => {
  const send = createSend(options);
  const request = askingFor('pull', send, options);

  const probed = askedOnce<boolean>();
  const isAbsent = async (reference: ImageReference, answer: HttpAnswer): Promise<boolean> => {
    const absence = absenceIn(answer);
    if (absence !== 'ask') return absence === 'absent';
    return probed(reference.host, async () => isRegistry(await send({ method: 'GET', url: registryUrl(reference) })));
  };

  return {
    getManifest: async (text) => {
      const reference = parseReference(text);
      const url = `${repositoryUrl(reference)}/manifests/${reference.digest ?? reference.tag ?? 'latest'}`;
      const accept = Object.values(mediaTypes).join(', ');
      const answer = await request(reference, { method: 'GET', url, headers: { accept } });
      return (await isAbsent(reference, answer)) ? undefined : manifestFrom(text, reference, answer);
    },
    blobExists: async (repository, digest) => {
      const reference = parseReference(repository);
      const url = `${repositoryUrl(reference)}/blobs/${digest}`;
      const answer = await request(reference, { method: 'HEAD', url });
      if (await isAbsent(reference, answer)) return false;
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
    getBlobPart: async (repository, digest, { from, bytes }) => {
      const reference = parseReference(repository);
      const url = `${repositoryUrl(reference)}/blobs/${digest}`;
      const headers = { range: `bytes=${from}-${from + bytes - 1}`, 'accept-encoding': 'identity' };
      const answer = await request(reference, { method: 'GET', url, headers });
      const isPart = answer.status === 206;
      if (!isPart) checkOk(`${repository}@${digest}`, reference, answer);
      const part = isPart ? answer.body : answer.body.subarray(from);
      if (isPart ? part.length === bytes : part.length >= bytes) return part;
      throw registryFailed(`${repository}@${digest} gave ${part.length} bytes where ${bytes} were asked for`);
    },
    tagsOf: async (repository) => {
      const reference = parseReference(repository);
      const tags: string[] = [];
      let page: string | undefined = tagsUrl(reference);
      while (page !== undefined) {
        const answer: HttpAnswer = await request(reference, { method: 'GET', url: page });
        if (await isAbsent(reference, answer)) return tags;
        checkOk(`the tags of ${repository}`, reference, answer);
        tags.push(...tagsIn(answer, repository));
        page = nextPage(answer, page);
      }
      return tags;
    },
  };
};

const manifestFrom = (text: string, reference: ImageReference, answer: HttpAnswer): Manifest => {
  checkOk(text, reference, answer);
  const digest = digestOf(answer.body);
  for (const promised of [reference.digest, answer.headers['docker-content-digest']]) {
    if (promised) checkDigest(text, promised, digest);
  }
  const body = JSON.parse(answer.body.toString('utf8')) as { mediaType?: string };
  const mediaType = body.mediaType ?? answer.headers['content-type']?.split(';')[0] ?? '';
  return { digest, mediaType, body, size: answer.body.length };
};

const checkOk = (what: string, reference: ImageReference, { status, body }: HttpAnswer): void => {
  if (status === 200) return;
  const denied = status === 401 || status === 403;
  const words = body.toString('utf8').slice(0, 300);
  throw registryFailed(`the registry answered ${status} for ${what}${words === '' ? '' : `: ${words}`}`, {
    status,
    ...(denied ? { remedy: deniedRemedy(reference, 'pull') } : {}),
  });
};

const checkDigest = (what: string, expected: string, actual: string): void => {
  if (expected !== actual) throw registryFailed(`${what} holds bytes of ${actual} instead of ${expected}`);
};
