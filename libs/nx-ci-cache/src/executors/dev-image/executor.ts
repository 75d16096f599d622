/** Builds one image for whoever works on it: from the published caches and constraints, into nothing that others read. */
import { buildDevImage, cacheFrom, hasEngine, type DevImage } from '@nx-ci-cache/images';
import { CiCacheError } from '@nx-ci-cache/process';
import { asExecutor } from '../../step/context/as-executor';
import type { StepContext } from '../../step/context/context';
import { imageTools } from '../../step/context/image-tools';
import { findSpec } from '../../step/context/leg-specs';
import { chosenLeg } from '../../step/dev/chosen-leg';
import { devBuilder } from '../../step/dev/dev-builder';
import { devName, devOutput, devOutputSaid } from '../../step/dev/dev-output';
import { consumerFacts } from '../../step/legs/verify-facts';
import { step } from '../../step/recorded';
import { devImageStep } from '../../chain/dev-image';

export const devImage = step(devImageStep, async (asked, context): Promise<DevImage> => {
  const leg = chosenLeg(asked, context.config);
  const output = devOutput(asked.dest, context.workspaceRoot);
  const tools = imageTools(context);
  if (output.kind === 'engine' && !(await hasEngine(tools.buildx))) throw noEngine();
  const { branch, legs } = await consumerFacts(context, (of) => [findSpec(leg, of, context)]);
  const [facts] = legs as [(typeof legs)[number]];
  const name = devName(context.projectName, leg);
  const place = await devBuilder(leg.platform, asked.builder, context);
  const made = await buildDevImage({ ...tools, ...facts, ...place, output, name, emit: context.say });
  tell(facts.spec.name, branch.sourceCommit, made, context);
  context.say(devOutputSaid(output, name));
  return made;
});

const tell = (name: string, commit: string, { steps, importedCache, edited }: DevImage, { say }: StepContext): void => {
  say(`${name}: ${steps.filter(({ cached }) => cached).length} of ${steps.length} steps CACHED, made from ${commit}`);
  if (edited.length > 0) say(`local edits are not in it: ${edited.join(', ')}`);
  const others =
    importedCache === undefined ? 'there is no cache to start from yet' : cacheFrom(importedCache).join(' ');
  say(`for other tools: ${others}`);
};

const noEngine = () =>
  new CiCacheError('BuilderUnfit', 'no engine runs on this machine that could take the image', {
    remedy: 'Start one, or say where the image goes: --dest=dist/image.tar, or a folder.',
  });

export default asExecutor(devImage);
