/** Puts a finished base image into a registry, skipping what is there; the tag comes last. */
import { readFile } from 'node:fs/promises';
import { StackError } from '../errors';
import { blobPath, readDocument, readEntry } from './blobs';
import type { Descriptor } from './image';

interface Target {
  readonly registry: string;
  readonly repository: string;
}

interface Manifest {
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
}

export const pushLayout = async (folder: string, target: Target, tag: string): Promise<void> => {
  const image = await readEntry(folder);
  if ((await tagDigest(target, tag)) === image.digest) return;
  const { manifests } = await readDocument<{ manifests: readonly Descriptor[] }>(folder, image.digest);
  for (const manifest of manifests) {
    const { config, layers } = await readDocument<Manifest>(folder, manifest.digest);
    for (const blob of [...layers, config]) await pushBlob(folder, target, blob);
    await putManifest(folder, target, manifest, manifest.digest);
  }
  await putManifest(folder, target, image, tag);
};

/** The digest a tag points at; undefined when there is no such tag. */
export const tagDigest = async (target: Target, tag: string): Promise<string | undefined> => {
  const url = `${root(target)}/manifests/${tag}`;
  const answer = await fetch(url, { method: 'HEAD', headers: { accept: 'application/vnd.oci.image.index.v1+json' } });
  if (answer.status === 404) return undefined;
  return (await expectOk(answer, 'HEAD', url)).headers.get('docker-content-digest') ?? undefined;
};

const root = ({ registry, repository }: Target): string => `${registry}/v2/${repository}`;

const pushBlob = async (folder: string, target: Target, { digest }: Descriptor): Promise<void> => {
  if ((await fetch(`${root(target)}/blobs/${digest}`, { method: 'HEAD' })).ok) return;
  const uploads = `${root(target)}/blobs/uploads/`;
  const session = await expectOk(await fetch(uploads, { method: 'POST' }), 'POST', uploads);
  const url = new URL(session.headers.get('location') ?? '', target.registry);
  url.searchParams.set('digest', digest);
  const headers = { 'content-type': 'application/octet-stream' };
  await expectOk(
    await fetch(url, { method: 'PUT', headers, body: await readFile(blobPath(folder, digest)) }),
    'PUT',
    uploads,
  );
};

const putManifest = async (folder: string, target: Target, document: Descriptor, reference: string): Promise<void> => {
  const url = `${root(target)}/manifests/${reference}`;
  const headers = { 'content-type': document.mediaType };
  const body = await readFile(blobPath(folder, document.digest));
  await expectOk(await fetch(url, { method: 'PUT', headers, body }), 'PUT', url);
};

const expectOk = async (answer: Response, verb: string, url: string): Promise<Response> => {
  if (answer.ok) return answer;
  throw new StackError(
    `${verb} ${url} answered ${answer.status}: ${await answer.text()}`,
    "See the registry's log in the stack's folder.",
  );
};
