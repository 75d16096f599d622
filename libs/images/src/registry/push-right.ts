/** Whether an account may push: an upload is begun as a push would begin it, and cancelled; nothing is written. */
import type { HttpRequest } from '@nx-ci-cache/http';
import { aheadMs } from '../clock';
import { askingFor } from './asking';
import type { RegistryOptions } from './client';
import { deniedRemedy } from './denied';
import { registryFailed } from './failure';
import { parseReference, repositoryUrl, type ImageReference } from './reference';
import { createSend } from './send';

export interface PushRight {
  /** Milliseconds by which the registry's clock is ahead of ours; absent when its answer bears no date. */
  readonly aheadMs?: number;
}

/** @throws CiCacheError `RegistryFailed`: no answer, no account, or one that may not push there. */
export const checkPushRight = async (repository: string, options: RegistryOptions = {}): Promise<PushRight> => {
  const reference = parseReference(repository);
  const send = createSend(options);
  const ask = askingFor('pull,push', send, options);
  const url = `${repositoryUrl(reference)}/blobs/uploads/`;
  const from = Date.now();
  const { status, headers, body } = await ask(reference, begun(url));
  const ours = { from, to: Date.now() };
  if (status !== 202) throw mayNotPush(repository, reference, status, body.toString('utf8').slice(0, 300));
  const upload = new URL(headers['location'] ?? '', url);
  // An account is shown to nobody else; an upload that cannot be cancelled is forgotten by the registry in time.
  if (upload.origin === new URL(url).origin && upload.href !== url)
    // A right of its own, which who may push need not have: it is asked for apart.
    await askingFor('delete', send, options)(reference, cancelled(upload.href)).catch(() => undefined);
  const second = Date.parse(headers['date'] ?? '');
  return Number.isNaN(second) ? {} : { aheadMs: aheadMs(ours, { from: second, to: second + 999 }) };
};

const begun = (url: string): HttpRequest => ({ method: 'POST', url, headers: { 'content-length': '0' } });
const cancelled = (url: string): HttpRequest => ({ method: 'DELETE', url });

const mayNotPush = (repository: string, reference: ImageReference, status: number, words: string) =>
  registryFailed(`the registry answered ${status} to a push to ${repository}${words === '' ? '' : `: ${words}`}`, {
    status,
    ...(status === 401 || status === 403
      ? { remedy: deniedRemedy(reference, 'pull,push') }
      : status === 404
        ? { remedy: `Create the repository ${repository} first: this registry makes none by itself.` }
        : {}),
  });
