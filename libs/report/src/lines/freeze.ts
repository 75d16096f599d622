/** The report's line about an image that was built to be frozen: it acts on nothing outside, so it is never a change. */
import { counted } from '@nx-ci-cache/process';
import type { FailureRecord, FreezeRecord } from '@nx-ci-cache/records';
import { lineOf, type Line } from '../line';

export const freezeLine = (record: FreezeRecord | FailureRecord | undefined): Line =>
  lineOf<FreezeRecord>(record, ({ packages = 0, node, steps: { cached, total } = { cached: 0, total: 0 } }) => {
    const built =
      total === cached ? 'nothing was built' : `${total - cached} of ${counted(total, 'step')} ran on ${node}`;
    return { status: total === cached ? 'unchanged' : 'done', text: `${counted(packages, 'package')}, ${built}` };
  });
