/** The report's line about one cell. */
import { counted } from '@nx-ci-cache/process';
import { changesBranch, type CellRecord, type ChangesRecord, type FailureRecord } from '@nx-ci-cache/records';
import { lineOf, type Line } from '../line';

/** @param file the cell's name on the branch. */
export const cellLine = (
  record: CellRecord | FailureRecord | undefined,
  file: string,
  changes: ChangesRecord | FailureRecord | undefined,
): Line =>
  lineOf<CellRecord>(record, ({ pins }) => {
    const compared = changes !== undefined && 'files' in changes ? changes.files : [];
    const found = compared.find((each) => each.file === file);
    return found !== undefined && !changesBranch(found)
      ? { status: 'unchanged', text: `nothing changed, ${counted(pins, 'pin')}` }
      : { status: 'done', text: `${counted(pins, 'pin')}` };
  });
