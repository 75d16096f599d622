/** A folder of blobs named by digest, laid out as an OCI image layout, so that other tools can read it too. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Descriptor, Document } from './image';

export const blobPath = (folder: string, digest: string): string => join(folder, 'blobs', ...digest.split(':'));

export const prepareLayout = async (folder: string): Promise<void> => {
  await mkdir(join(folder, 'blobs', 'sha256'), { recursive: true });
  await writeFile(join(folder, 'oci-layout'), JSON.stringify({ imageLayoutVersion: '1.0.0' }));
};

export const writeDocument = (folder: string, { descriptor, text }: Document): Promise<void> =>
  writeFile(blobPath(folder, descriptor.digest), text);

export const readDocument = async <Value>(folder: string, digest: string): Promise<Value> =>
  JSON.parse(await readFile(blobPath(folder, digest), 'utf8')) as Value;

/** The layout's entry: which index is the image. */
export const writeEntry = (folder: string, image: Descriptor): Promise<void> =>
  writeFile(join(folder, 'index.json'), JSON.stringify({ schemaVersion: 2, manifests: [image] }));

export const readEntry = async (folder: string): Promise<Descriptor> => {
  const { manifests } = JSON.parse(await readFile(join(folder, 'index.json'), 'utf8')) as { manifests: [Descriptor] };
  return manifests[0];
};
