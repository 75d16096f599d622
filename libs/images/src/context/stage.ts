/**
 * Folders BuildKit is given. BuildKit takes a folder for unchanged by base name, size and mtime, so the base name holds
 * the digest of the content: the same name is always the same bytes, and other bytes always have another name.
 */
import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkout, contentOf, eachObject, type TreeEntry } from '@nx-ci-cache/git';
import { digestOf } from '@nx-ci-cache/process';
import type { Source } from './source';
import type { SourceContext } from './source-context';

/** `context` and `sha256:ab…` → `context-ab…`. */
export const digestName = (kind: string, digest: string): string => `${kind}-${digest.replace('sha256:', '')}`;

/** Materialises the context's blobs under `parent`; returns the folder. */
export const stageContext = async (source: Source, context: SourceContext, parent: string): Promise<string> => {
  const root = join(parent, digestName('context', context.digest));
  await makeFolder(root);
  for (const folder of foldersOf(context.files.map(({ path }) => path))) await makeFolder(join(root, folder));
  const files = context.files.values();
  const oids = context.files.map(({ oid }) => oid);
  await eachObject(checkout(source.workspaceRoot), oids, async (object) => {
    // One object for each file, in their order.
    const { mode, path } = files.next().value as TreeEntry;
    if (mode === '120000') await symlink(await contentOf(object), join(root, path));
    else await writeNormalised(join(root, path), object.content, mode === '100755' ? 0o755 : 0o644);
  });
  return root;
};

/** Writes texts by name under `parent`; returns the folder. */
export const stageTexts = async (
  kind: string,
  texts: Readonly<Record<string, string>>,
  parent: string,
): Promise<string> => {
  const root = join(parent, digestName(kind, digestOf(texts)));
  await makeFolder(root);
  for (const [name, text] of Object.entries(texts)) await writeNormalised(join(root, name), text, 0o644);
  return root;
};

/** Stages the Dockerfile; returns its path. The files are filtered already: BuildKit must not filter them again. */
export const stageDockerfile = async (text: string, parent: string): Promise<string> => {
  const ignore = '# the context is filtered already\n';
  return join(
    await stageTexts('dockerfile', { Dockerfile: text, 'Dockerfile.dockerignore': ignore }, parent),
    'Dockerfile',
  );
};

/** The mode is part of BuildKit's key and must not follow the umask. */
const writeNormalised = async (path: string, content: string | AsyncIterable<Buffer>, mode: number): Promise<void> => {
  await writeFile(path, content);
  await chmod(path, mode);
};

const makeFolder = async (path: string): Promise<void> => {
  await mkdir(path, { recursive: true });
  await chmod(path, 0o755);
};

/** Every folder above the files once, each before those below it. */
const foldersOf = (paths: readonly string[]): ReadonlySet<string> =>
  new Set(paths.flatMap((path) => [...path.matchAll(/\//g)].map(({ index }) => path.slice(0, index))));
