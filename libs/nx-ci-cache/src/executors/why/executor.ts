/** Says who requires a package and what holds it back, for each cell, from the facts of the snapshot before it. */
import { type Cell, cellName, cellsOf, type WhyAnswer, type WhyRecord } from '@nx-ci-cache/records';
import { shortAnswer, whyCell } from '@nx-ci-cache/constraints';
import { mapConcurrently, messageOf, redact, writeFileAtomic, writeJson } from '@nx-ci-cache/process';
import { markdown, plain, whyText } from '@nx-ci-cache/report';
import { asExecutor } from '../../step/context/as-executor';
import { step } from '../../step/recorded';
import { askedPackage, refuseUnanswered } from '../../step/cells/asked-package';
import { explained } from '../../step/cells/explained';
import { readCellFacts } from '../../step/facts/cell-facts';
import type { StepContext } from '../../step/context/context';
import { resolutionsAtOnce } from '../../step/cells/resolve-facts';
import { readBranchFacts } from '../../step/context/required';
import { whyStep } from '../../chain/why';

/** @throws CiCacheError when a cell gave no answer, or no cell has the package; after the answers were written. */
export const why = step(whyStep, async (options, context): Promise<WhyRecord> => {
  const name = askedPackage(options.package, context);
  const { cutoff } = await readBranchFacts(context);
  const cells = await mapConcurrently(cellsOf(context.config), resolutionsAtOnce, async (cell) => {
    const answer = await answerFor(name, cell, context);
    context.say(`${cellName(cell)}: ${answer.kind === 'found' ? `${name}==${answer.version}` : answer.kind}`);
    return { cell: cellName(cell), answer };
  });
  const record = { package: name, cutoff, cells };
  await writeJson(context.at(context.paths.why('json')), record);
  await writeFileAtomic(context.at(context.paths.why('md')), whyText(record, markdown));
  context.say(whyText({ ...record, cells: cells.map(shortened) }, plain));
  context.say(`written to ${context.paths.why('md')}, where explanations are whole`);
  refuseUnanswered(record, context);
  return record;
});

const shortened = ({ cell, answer }: WhyRecord['cells'][number]) => ({ cell, answer: shortAnswer(answer) });

/** A cell that fails does not stop the others. */
const answerFor = async (name: string, cell: Cell, context: StepContext): Promise<WhyAnswer> => {
  try {
    const { facts } = await readCellFacts(cell, context);
    return await explained(cell, context, () => whyCell(name, facts));
  } catch (error) {
    return { kind: 'failed', error: redact(messageOf(error)) };
  }
};

export default asExecutor(why);
