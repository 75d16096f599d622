/** Makes a base image once per user and recipe: later stacks only push it, and its digest stays what it was. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { run } from '@nx-ci-cache/process';
import { withLock } from '../process/lock';
import { nodeNames, type NodeName } from '../words';
import { blobPath, prepareLayout, writeDocument, writeEntry } from './blobs';
import { imageOf, indexOf, type Descriptor } from './image';
import { compressLayer } from './layer';
import { debianMirror } from './mirror';
import { recipeKey, type BaseRecipe } from './recipe';
import { rootCommand } from './root';
import { uvBinary } from './uv-binary';

export const basesFolder = (env: NodeJS.ProcessEnv = process.env): string =>
  join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'nx-ci-cache', 'bases');

/** The folder of the finished image, an OCI layout. */
export const makeBase = async (tools: string, recipe: BaseRecipe): Promise<string> => {
  const target = join(basesFolder(), recipeKey(recipe));
  if (existsSync(target)) return target;
  return withLock(`${target}.lock`, async () => {
    if (!existsSync(target)) await makeIn(target, tools, recipe);
    return target;
  });
};

const makeIn = async (target: string, tools: string, recipe: BaseRecipe): Promise<void> => {
  const scratch = await mkdtemp(`${target}.`);
  try {
    const work = { scratch, layout: join(scratch, 'layout'), tools, recipe };
    await prepareLayout(work.layout);
    // The native platform first: it compiles the standard library for both.
    const native = await makePlatform(work, nativeNode);
    const others = await Promise.all(
      nodeNames.filter((node) => node !== nativeNode).map((node) => makePlatform(work, node)),
    );
    const index = indexOf([native, ...others].sort(byArchitecture));
    await writeDocument(work.layout, index);
    await writeEntry(work.layout, index.descriptor);
    await rename(work.layout, target);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
};

const nativeNode: NodeName = process.arch === 'arm64' ? 'arm64' : 'amd64';

const byArchitecture = (left: Descriptor, right: Descriptor): number =>
  (left.platform?.architecture ?? '') < (right.platform?.architecture ?? '') ? -1 : 1;

interface Work {
  readonly scratch: string;
  readonly layout: string;
  readonly tools: string;
  readonly recipe: BaseRecipe;
}

const makePlatform = async ({ scratch, layout, tools, recipe }: Work, node: NodeName): Promise<Descriptor> => {
  const folder = join(scratch, node);
  await mkdir(folder);
  const [mirror, uv] = await Promise.all([debianMirror(), uvBinary(tools, recipe.uv, node, folder)]);
  const [tar, packed] = [join(folder, 'root.tar'), join(folder, 'layer')];
  const compiled = join(scratch, 'compiled.tar');
  await run(rootCommand({ recipe, node, mirror, uv, compiled, native: node === nativeNode, tar }));
  const layer = await compressLayer(tar, packed);
  await rename(packed, blobPath(layout, layer.digest));
  const { config, manifest } = imageOf(node, layer);
  await writeDocument(layout, config);
  await writeDocument(layout, manifest);
  return manifest.descriptor;
};
