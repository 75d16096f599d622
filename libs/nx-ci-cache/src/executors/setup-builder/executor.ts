/** Creates the builder and checks its nodes, for people who want to see that before a refresh needs it; or only looks. */
import { asExecutor } from '../../step/context/as-executor';
import { step } from '../../step/recorded';
import { builderAsDescribed, makeSureOfBuilder, makeSureOfEmulation } from '../../step/context/builder';
import { examine } from '../../step/doctor/check';
import { machineryChecks } from '../../step/doctor/checks';
import { patientOf } from '../../step/doctor/subject';
import { told } from '../../step/doctor/told';
import { setupBuilderStep } from '../../chain/setup-builder';

/** @throws CiCacheError `OptionInvalid` when the look finds anything to mend. */
export const setupBuilder = step(setupBuilderStep, async ({ check = false }, context) => {
  if (check) {
    context.say(told(await examine(machineryChecks, await patientOf(context))));
    return;
  }
  const { platforms } = context.config;
  const { action, builder } = await makeSureOfBuilder(platforms, context);
  await makeSureOfEmulation(platforms, context);
  context.say(`builder ${builderAsDescribed(context).name}: ${action}`);
  for (const { name, explicit, status } of builder.nodes)
    context.say(`node ${name}: ${explicit.join(', ')}, ${status}`);
});

export default asExecutor(setupBuilder);
