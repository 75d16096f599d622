/** Resolves one cell: reads its facts file, nothing else, so that Nx may cache it. */
import { counted, digestOf, harmless, writeFileAtomic } from '@nx-ci-cache/process';
import type { CellRecord } from '@nx-ci-cache/records';
import { resolutionsAtOnce, resolveFacts } from '../../step/cells/resolve-facts';
import { asExecutor } from '../../step/context/as-executor';
import { readCellFacts, refuseMovedFacts } from '../../step/facts/cell-facts';
import { step } from '../../step/recorded';
import { generateConstraintsStep } from '../../chain/generate-constraints';

export const generateConstraints = step(generateConstraintsStep, async (cell, context): Promise<CellRecord> => {
  const { facts, digest } = await readCellFacts(cell, context);
  const { text, pins, leftOut, warnings: said = [], held } = await resolveFacts(facts, context);
  await refuseMovedFacts(cell, digest, context);

  const { mode, python, platform, cutoff, resolver, limits } = facts;
  const warnings = said.map((warning) => harmless(warning));
  await writeFileAtomic(context.at(context.paths.constraints(cell)), text);
  const on = platform === undefined ? '' : ` on ${platform}`;
  context.say(`${mode} for Python ${python}${on}: ${counted(pins, 'pin')} at ${cutoff}`);
  if (leftOut.length > 0) context.say(`left out, as made by this workspace or its image: ${leftOut.join(', ')}`);
  for (const warning of warnings) context.say(`warning: ${warning}`);
  return {
    ...{ mode, python, cutoff, resolver, facts: digest, digest: digestOf(text), pins },
    ...(platform !== undefined && { platform }),
    ...(leftOut.length > 0 && { leftOut }),
    ...(limits && { limits }),
    ...(held && { held }),
    ...(warnings.length > 0 && { warnings }),
  };
});

export default asExecutor(generateConstraints, { atOnce: resolutionsAtOnce });
