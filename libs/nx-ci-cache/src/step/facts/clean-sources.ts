/** The commit of a push names the sources its files were made from, so files that nobody committed may not be among them. */
import { workspacePath, type ModeFacts } from '@nx-ci-cache/constraints';
import { editedPaths, refuseEdited } from '@nx-ci-cache/images';
import type { BranchFacts } from '@nx-ci-cache/report';
import type { StepContext } from '../context/context';

/** A preview publishes nothing, so there they are what one wants to see. @throws CiCacheError `OptionInvalid` naming the paths. */
export const refuseEditedSources = async (
  modes: readonly ModeFacts[],
  { sourceCommit: commit, preview }: Pick<BranchFacts, 'sourceCommit' | 'preview'>,
  { config, workspaceRoot }: StepContext,
): Promise<void> => {
  if (preview !== undefined) return;
  const texts = modes.flatMap(({ requirements, constraints = [], overrides = [], buildConstraints = [] }) => [
    ...requirements,
    ...constraints,
    ...overrides,
    ...buildConstraints,
  ]);
  const paths = new Set([config.file, ...texts.map(({ path }) => workspacePath(path, config))]);
  refuseEdited(
    'sources of the constraints',
    await editedPaths({ workspaceRoot, commit }, [...paths]),
    'Commit them first: the pushed commit says which sources its files were made from.',
  );
};
