/** Creates the builder and checks its nodes, for people who want to see that before a refresh needs it. */
import { ensureBuilder } from '@nx-ci-cache/images';
import { asExecutor, type Step } from '../../step/as-executor';
import { builderDefinition } from '../../step/builder-definition';
import type { SetupBuilderOptions } from './schema';

export const setupBuilder: Step<SetupBuilderOptions> = async (_options, context) => {
  const nodes = await ensureBuilder(builderDefinition(context), context.config.platforms, context.environment);
  for (const { name, platforms } of nodes) context.say(`${name}: ${platforms.join(', ')}`);
};

export default asExecutor(setupBuilder);
