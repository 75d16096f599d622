/**
 * Folders BuildKit is given. BuildKit takes a folder for unchanged by base name, size and mtime, so the base name holds
 * the digest of the content: the same name is always the same bytes, and other bytes always have another name.
 */
import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { digestOf } from '@nx-ci-cache/process';
import { parseBatch } from './blobs';
import { catFileBatch, type Source } from './git';
import type { SourceContext } from './source-context';

/** `context` and `sha256:ab…` → `context-ab…`. */
export const digestName = (kind: string, digest: string): string => `${kind}-${digest.replace('sha256:', '')}`;

/** Materialises the context's blobs under `parent`; returns the folder. */
export const stageContext = async (source: Source, context: SourceContext, parent: string): Promise<string> => {
  const root = join(parent, digestName('context', context.digest));
  const blobs = parseBatch(
    await catFileBatch(
      source.workspaceRoot,
      context.files.map(({ objectId }) => objectId),
    ),
  );
  await makeFolder(root);
  for (const [index, { mode, path }] of context.files.entries()) {
    const content = blobs[index];
    if (content === undefined) throw new Error(`git gave no content for ${path}`);
    await makeFolders(root, path);
    if (mode === '120000') await symlink(content, join(root, path));
    else await writeNormalised(join(root, path), content, mode === '100755' ? 0o755 : 0o644);
  }
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
const writeNormalised = async (path: string, content: string | Buffer, mode: number): Promise<void> => {
  await writeFile(path, content);
  await chmod(path, mode);
};

const makeFolder = async (path: string): Promise<void> => {
  await mkdir(path, { recursive: true });
  await chmod(path, 0o755);
};

const makeFolders = async (root: string, path: string): Promise<void> => {
  const folder = dirname(path);
  if (folder === '.') return;
  await makeFolders(root, folder);
  await makeFolder(join(root, folder));
};
