/** The report's line about one leg: why it was stale, and what was done about it. */
import { counted } from '@nx-ci-cache/process';
import { isNative, type FailureRecord, type LegReasons, type LegRecord } from '@nx-ci-cache/records';
import { lineOf, skipped, type Line } from '../line';

export const legLine = (
  record: LegRecord | FailureRecord | undefined,
  planned: LegReasons | FailureRecord | undefined,
): Line => {
  const { reasons = [], stale = true, superseded } = planned !== undefined && 'reasons' in planned ? planned : {};
  if (record === undefined) return { ...skipped, text: [skipped.text, ...reasons].join('; ') };
  return lineOf<LegRecord>(record, (leg) =>
    leg.result === 'superseded'
      ? { status: 'unchanged', text: `superseded: ${superseded ?? leg.reason ?? ''}` }
      : builtLine(leg, reasons.join('; '), stale),
  );
};

const builtLine = (record: LegRecord, reasons: string, stale: boolean): Line => {
  const {
    result,
    cacheDigest = '',
    digest = `the cache ${cacheDigest}`,
    node = 'a node',
    platform,
    ranOn = platform,
    steps,
  } = record;
  if (result === 'previewed') return { status: 'previewed', text: `${record.reason ?? 'would be built'}: ${reasons}` };
  if (!stale) return { status: 'unchanged', text: `nothing changed, ${digest}` };
  if (result === 'already-applied') return { status: 'unchanged', text: 'another run built it meanwhile' };
  const emulated = isNative(platform, ranOn) ? '' : `, emulated on ${ranOn}`;
  const apart = record.apart ? ', apart from leg tag and cache' : '';
  const cached = steps ? `, ${steps.cached} of ${counted(steps.total, 'step')} cached` : '';
  const missing = record.cacheMissing === undefined ? '' : `, its cache is missing: ${record.cacheMissing}`;
  return { status: 'done', text: `built on ${node}${emulated}${apart}${cached}${missing}: ${reasons}` };
};
