/** Creates the builder and checks its nodes, for people who want to see that before a refresh needs it. */
import { asExecutor } from '../../step/context/as-executor';
import { step } from '../../step/recorded';
import { builderAsDescribed, makeSureOfBuilder } from '../../step/context/builder';
import { setupBuilderStep } from '../../chain/setup-builder';

export const setupBuilder = step(setupBuilderStep, async (_options, context) => {
  const { action, builder } = await makeSureOfBuilder(context.config.platforms, context);
  context.say(`builder ${builderAsDescribed(context).name}: ${action}`);
  for (const { name, explicit, status } of builder.nodes)
    context.say(`node ${name}: ${explicit.join(', ')}, ${status}`);
});

export default asExecutor(setupBuilder);
