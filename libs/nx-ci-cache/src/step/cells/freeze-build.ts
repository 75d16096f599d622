/** One build that is frozen: from this run's facts to freeze.txt, the only thing that leaves the build. */
import type { FrozenImage } from '@nx-ci-cache/config';
import { freezeImage } from '@nx-ci-cache/images';
import { digestOf, removeFile, writeFileAtomic } from '@nx-ci-cache/process';
import type { BranchFacts, FreezeRecord } from '@nx-ci-cache/records';
import { makeSureOfBuilder, placeOf } from '../context/builder';
import type { StepContext } from '../context/context';
import { imageTools } from '../context/image-tools';
import { findSpec } from '../context/leg-specs';
import { observeBases } from '../facts/observe-bases';

/** @throws CiCacheError and then leaves no freeze.txt: an old one would be taken for this run's. */
export const freezeBuild = async (
  frozen: FrozenImage,
  { cutoff, preview, sourceCommit, ...branch }: BranchFacts,
  context: StepContext,
): Promise<Pick<FreezeRecord, 'digest' | 'packages' | 'node' | 'steps'>> => {
  const { config, paths, at } = context;
  const path = at(paths.freeze(frozen.name));
  await removeFile(path);
  const spec = findSpec(frozen, { ...branch, cutoff, sourceCommit }, context);
  const bases = await observeBases([spec], { commit: sourceCommit }, context);
  await makeSureOfBuilder([frozen.platform], context);
  const { text, node, steps } = await freezeImage({
    ...imageTools(context),
    build: frozen.name,
    spec,
    source: { workspaceRoot: context.workspaceRoot, commit: sourceCommit },
    bases,
    allowDirty: preview !== undefined,
    ...(context.shared === undefined ? {} : { shared: context.shared }),
    cutoff,
    command: config.images.find(({ name }) => name === frozen.image)?.freeze ?? '',
    ...placeOf(frozen.platform, context),
    emit: context.say,
  });
  await writeFileAtomic(path, text);
  return { digest: digestOf(text), packages: text.trimEnd().split('\n').length, node, steps };
};
