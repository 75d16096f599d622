/** The outside tools of the image steps, set up from this run's environment. */
import { buildxCommand, registryClient, type Buildx, type RegistryClient } from '@nx-ci-cache/images';
import type { StepContext } from './context';

export interface ImageTools {
  readonly registry: RegistryClient;
  readonly buildx: Buildx;
}

export const imageTools = ({ environment }: StepContext): ImageTools => ({
  registry: registryClient({ environment }),
  buildx: buildxCommand(environment),
});
