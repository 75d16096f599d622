/** Makes a workspace ready for its first ci-cache.json; `nx add nx-ci-cache` runs it. */
import { logger } from '@nx/devkit';
import { asGenerator } from '../as-generator';
import { addPlugin } from './add-plugin';
import { ignoreOutputs } from './ignore-outputs';
import { missingTools } from './missing-tools';

export interface InitOptions {
  /** Leave out the look for git, uv and buildx. Default: false. */
  readonly skipTools?: boolean;
}

export default asGenerator<InitOptions>(async (tree, { skipTools = false }) => {
  addPlugin(tree);
  ignoreOutputs(tree);
  const missing = skipTools ? [] : await missingTools();
  return () => {
    for (const { what, remedy } of missing) logger.warn(`This machine has not ${what}\n  → ${remedy}`);
    logger.info('Next: npx nx generate nx-ci-cache:configuration');
  };
});
