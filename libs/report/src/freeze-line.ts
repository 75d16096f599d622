/** The report's line about an image that was built to be frozen: it acts on nothing outside, so it is never a change. */
import type { RunRecords } from './run-records';
import { skipped, type ReportLine } from './report-line';

type Frozen = NonNullable<RunRecords['frozen']>[number];

export const freezeLine = ({ name, record }: Frozen): ReportLine => {
  const step = `build-image--${name}`;
  if (record === undefined) return { step, status: 'skipped', text: skipped };
  if (record.result === 'failed') return { step, status: 'failed', text: record.error ?? '' };
  const { cached, total } = record.steps ?? { cached: 0, total: 0 };
  const built = total === cached ? 'nothing was built' : `${total - cached} of ${total} steps ran on ${record.node}`;
  return { step, status: total === cached ? 'unchanged' : 'done', text: `${record.packages} packages, ${built}` };
};
