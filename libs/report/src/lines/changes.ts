/** The report's line about the comparison with the published files. */
import { counted } from '@nx-ci-cache/process';
import { changesBranch, type ChangesRecord, type FailureRecord } from '@nx-ci-cache/records';
import { lineOf, type Line } from '../line';

export const changesLine = (record: ChangesRecord | FailureRecord | undefined): Line => lineOf(record, comparedLine);

const comparedLine = (record: ChangesRecord): Line => {
  switch (record.result) {
    case 'refused':
      return { status: 'failed', text: refusalWords(record) };
    case 'unchanged':
      return { status: 'unchanged', text: 'nothing changed' };
    case 'changed': {
      const changed = record.files.filter(changesBranch).map(({ file }) => file);
      return {
        status: 'done',
        text: `${changed.length} of ${counted(record.files.length, 'file')} changed: ${changed.join(', ')}`,
      };
    }
  }
};

const refusalWords = ({ refusals = [] }: ChangesRecord): string =>
  [`${refusals.length} refused`, ...refusals.map(({ file, guard, text }) => `${file}: ${guard}: ${text}`)].join('\n');
