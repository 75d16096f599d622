/**
 * Folders BuildKit is given. BuildKit takes a folder for unchanged by base name, size and mtime, so the base name holds
 * the digest of the content: the same name is always the same bytes, and other bytes always have another name.
 */
import { chmod, mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { contentOf, eachObject, prefixOf, withCommitFiles, writeGitFolder } from '@nx-ci-cache/git';
import { askedOnce, digestOf } from '@nx-ci-cache/process';
import type { ContextFile } from './as-checkout';
import { copyContent, lfsStore } from './lfs';
import type { ContextPart } from './parts';
import { gitOf, type Source } from './source';
import type { ContextFiles, SourceContext } from './source-context';

/** `context` and `sha256:ab…` → `context-ab…`. */
export const digestName = (kind: string, digest: string): string => `${kind}-${digest.replace('sha256:', '')}`;

type ToStage = ContextFiles & Pick<SourceContext, 'gitDir'>;

/** Materialises a context; returns the folder. */
export type StageContext = (context: ToStage, kind?: string) => Promise<string>;

/** Each context is staged once under `parent`, whoever asks for it and however often: it is the same bytes. */
export const stagingIn = (parent: string): StageContext => {
  const staged = askedOnce<string>();
  return (context, kind = 'context') => {
    const { digest, gitDir } = context;
    const name = digestName(kind, gitDir === undefined ? digest : digestOf([digest, gitDir.digest]));
    return staged(name, async () => {
      const [unfinished, finished] = [join(parent, `${name}.unfinished`), join(parent, name)];
      // What an attempt that failed has left is no beginning.
      await rm(unfinished, { recursive: true, force: true });
      await writeContext(context, unfinished);
      await rename(unfinished, finished);
      return finished;
    });
  };
};

const writeContext = async ({ files, parts, gitDir }: ToStage, root: string): Promise<void> => {
  await makeFolder(root);
  for (const folder of foldersOf(files.map(({ path }) => path))) await makeFolder(join(root, folder));
  for (const part of parts) await writePart(part, join(root, part.at));
  if (gitDir !== undefined)
    await writeGitFolder(gitOf(gitDir.source), gitDir.source.commit, gitDir.tags, join(root, '.git'));
};

const writePart = async ({ source, folder, files }: ContextPart, root: string): Promise<void> => {
  await writeAsCommitted(
    source,
    files.filter(({ attributes }) => attributes === undefined),
    root,
  );
  await writeContents(source, files, root);
  const converted = files.filter(({ attributes, lfs }) => attributes !== undefined && lfs === undefined);
  await writeConverted(source, folder, converted, root);
};

const writeAsCommitted = async (source: Source, files: readonly ContextFile[], root: string): Promise<void> => {
  const each = files.values();
  const oids = files.map(({ oid }) => oid);
  await eachObject(gitOf(source), oids, async (object) => {
    // One object for each file, in their order.
    const { mode, path } = each.next().value as ContextFile;
    if (mode === '120000') await symlink(await contentOf(object), join(root, path));
    else await writeNormalised(join(root, path), object.content, modeOf(mode));
  });
};

const writeContents = async (source: Source, files: readonly ContextFile[], root: string): Promise<void> => {
  let store: string | undefined;
  for (const { lfs, mode, path } of files) {
    if (lfs === undefined) continue;
    store ??= await lfsStore(source);
    await copyContent(store, path, lfs, join(root, path));
    await chmod(join(root, path), modeOf(mode));
  }
};

/** Git writes them under their paths in the repository, from where they are moved. */
const writeConverted = async (
  source: Source,
  folder: string,
  files: readonly ContextFile[],
  root: string,
): Promise<void> => {
  if (files.length === 0) return;
  const git = gitOf(source);
  const top = join(await prefixOf(git), folder);
  const written = `${root}.converted`;
  await withCommitFiles(git, source.commit, ({ checkOut }) =>
    checkOut(
      files.map(({ path }) => join(top, path)),
      written,
    ),
  );
  for (const { mode, path } of files) {
    await rename(join(written, top, path), join(root, path));
    await chmod(join(root, path), modeOf(mode));
  }
  await rm(written, { recursive: true });
};

const modeOf = (mode: string): number => (mode === '100755' ? 0o755 : 0o644);

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
