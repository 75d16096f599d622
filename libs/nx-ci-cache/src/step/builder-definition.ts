/** The builder of ci-cache.json with its endpoints filled in. */
import { fillTemplate, type Config } from '@nx-ci-cache/config';
import type { StepContext } from './context';

export const builderDefinition = ({ config, environment }: StepContext): Config['builder'] => ({
  name: config.builder.name,
  nodes: config.builder.nodes.map(({ platforms, endpoint }, at) => ({
    platforms,
    ...(endpoint === undefined
      ? {}
      : {
          endpoint: fillTemplate(
            endpoint,
            { environment },
            { file: config.file, key: `builder.nodes[${at}].endpoint` },
          ),
        }),
  })),
});
