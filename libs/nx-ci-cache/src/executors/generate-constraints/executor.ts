/** Resolves one cell: reads its facts file, nothing else, so that Nx may cache it. */
import { digestOf, harmless, writeFileAtomic, writeJson } from '@nx-ci-cache/process';
import type { CellRecord } from '@nx-ci-cache/records';
import { asExecutor, type Step } from '../../step/context/as-executor';
import { readCellFacts, refuseMovedFacts } from '../../step/facts/cell-facts';
import { resolveFacts } from '../../step/cells/resolve-facts';
import type { GenerateConstraintsOptions } from './schema';

export const generateConstraints: Step<GenerateConstraintsOptions, CellRecord> = async (cell, context) => {
  const { facts, digest } = await readCellFacts(cell, context);
  const { text, pins, leftOut, warnings: said = [] } = await resolveFacts(facts, context);
  await refuseMovedFacts(cell, digest, context);

  const { mode, python, cutoff, resolver, limits } = facts;
  const made = { mode, python, cutoff, resolver, facts: digest, digest: digestOf(text), pins };
  const warnings = said.map((warning) => harmless(warning));
  const record: CellRecord = {
    ...made,
    ...(leftOut.length > 0 && { leftOut }),
    ...(limits && { limits }),
    ...(warnings.length > 0 && { warnings }),
  };
  await writeFileAtomic(context.at(context.paths.constraints(cell)), text);
  await writeJson(context.at(context.paths.cellRecord(cell)), record);
  context.say(`${mode} for Python ${python}: ${pins} pins at ${cutoff}`);
  if (leftOut.length > 0) context.say(`left out, as made by this workspace or its image: ${leftOut.join(', ')}`);
  for (const warning of warnings) context.say(`warning: ${warning}`);
  return record;
};

export default asExecutor(generateConstraints);
