/** The targets of a project whose configuration cannot be read: they exist, so that whoever runs one is told what is wrong. */
import type { TargetConfiguration } from '@nx/devkit';
import { chain } from '../chain/chain';
import { executorOf } from '../configuration/plugin-name';
import { fileInput } from './reads';
import { uncached } from './target';

/**
 * A step that goes by the facts of a run stands behind the snapshot, which fails on the configuration.
 * @param file where that is written.
 */
export const faultyTargets = (description: string, file: string): Record<string, TargetConfiguration> =>
  Object.fromEntries(
    chain
      .filter(({ parts, whole }) => parts === undefined || whole !== undefined)
      .map(({ name, configuration = 'facts' }) => [
        name,
        uncached(description, {
          executor: executorOf(name),
          dependsOn: configuration === 'facts' ? ['snapshot'] : undefined,
          reads: [fileInput(file)],
        }),
      ]),
  );
