/** Builds one image for whoever works on it: from the published caches and constraints, into nothing that others read. */
import { checkout, headOf, withEdits } from '@nx-ci-cache/git';
import { buildDevImage, cacheFrom, chooseImport, hasEngine, type DevImage } from '@nx-ci-cache/images';
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

/** @returns nothing where it is only shown what would be built. */
export const devImage = step(devImageStep, async (asked, context): Promise<DevImage | undefined> => {
  const { config, projectName, switches, workspaceRoot, say: emit } = context;
  const leg = chosenLeg(asked, config);
  const output = devOutput(asked.dest, workspaceRoot);
  const tools = imageTools(context);
  if (output.kind === 'engine' && !switches.dryRun && !(await hasEngine(tools.buildx))) throw noEngine();
  const git = checkout(workspaceRoot);
  const head = await headOf(git, workspaceRoot);
  return withEdits(git, head, async (edits) => {
    const { legs } = await consumerFacts(context, (of) => [findSpec(leg, of, context)], edits);
    const [facts] = legs as [(typeof legs)[number]];
    const { spec } = facts;
    if (switches.dryRun) {
      emit(`${spec.name}: would be built from ${head}${edits === undefined ? '' : ' with local edits'}`);
      tellCache(await chooseImport(tools.registry, spec, emit), context);
      return undefined;
    }
    const place = await devBuilder(leg.platform, asked.builder, context);
    const name = devName(projectName, leg);
    const made = await buildDevImage({ ...tools, ...facts, ...place, output, name, head, emit });
    const cached = made.steps.filter((each) => each.cached).length;
    emit(`${spec.name}: ${cached} of ${made.steps.length} steps CACHED, made from ${head}`);
    if (made.edited.length > 0) emit(`with local edits: ${made.edited.join(', ')}`);
    tellCache(made.importedCache, context);
    emit(devOutputSaid(output, made.name));
    return made;
  });
});

const tellCache = (importedCache: string | undefined, { say }: StepContext): void =>
  say(
    `for other tools: ${importedCache === undefined ? 'there is no whole cache to start from yet' : cacheFrom(importedCache).join(' ')}`,
  );

const noEngine = () =>
  new CiCacheError('BuilderUnfit', 'no engine runs on this machine that could take the image', {
    remedy: 'Start one, or say where the image goes: --dest=dist/image.tar, or a folder.',
  });

export default asExecutor(devImage);
