/** A run as one value, derived from its records: what every rendering shows, and whether the run is right. */
import { changesBranch, type ChangesRecord, type FileChanges, type ImageRecord } from '@nx-ci-cache/records';
import { freezeLine } from './freeze-line';
import { currentRecords, type LegRecords, type RunRecords } from './run-records';
import { skipped, type ReportLine } from './report-line';

export interface RefreshReport {
  readonly run: string | undefined;
  readonly startedAt: string | undefined;
  readonly sourceCommit: string | undefined;
  readonly branch: string | undefined;
  readonly cutoff: string | undefined;
  readonly preview: string | undefined;
  /** Whether every step of the chain has a good record of this run. */
  readonly ok: boolean;
  readonly lines: readonly ReportLine[];
  readonly files: readonly FileChanges[];
}

export const refreshReport = (found: RunRecords): RefreshReport => {
  const records = currentRecords(found);
  const lines = [
    ...(records.frozen ?? []).map(freezeLine),
    ...records.cells.map((cell) => cellLine(cell, records.changes)),
    changesLine(records),
    pushLine(records),
    ...records.legs.map(legLine),
    ...records.images.map(imageLine),
  ];
  const { branch } = records;
  return {
    run: branch?.run,
    startedAt: branch?.startedAt,
    sourceCommit: branch?.sourceCommit,
    branch: branch?.branch,
    cutoff: branch?.cutoff,
    preview: branch?.preview,
    ok: branch !== undefined && lines.every(({ status }) => status !== 'failed' && status !== 'skipped'),
    lines,
    files: records.changes?.files ?? [],
  };
};

const cellLine = ({ cell, record }: RunRecords['cells'][number], changes: RunRecords['changes']): ReportLine => {
  const step = `generate-constraints--${cell}`;
  if (record === undefined) return { step, status: 'skipped', text: skipped };
  const file = changes?.files.find((each) => each.file === `${cell}.txt`);
  const isSame = file !== undefined && !changesBranch(file);
  const pins = `${record.pins} pins`;
  return isSame
    ? { step, status: 'unchanged', text: `nothing changed, ${pins}` }
    : { step, status: 'done', text: pins };
};

const changesLine = ({ changes }: RunRecords): ReportLine => {
  const step = 'check-constraints';
  if (changes === undefined) return { step, status: 'skipped', text: skipped };
  if (changes.result === 'failed') return { step, status: 'failed', text: changes.error ?? '' };
  if (changes.result === 'refused') return { step, status: 'failed', text: refusalWords(changes) };
  if (changes.result === 'unchanged') return { step, status: 'unchanged', text: 'nothing changed' };
  const changed = changes.files.filter(changesBranch);
  return {
    step,
    status: 'done',
    text: `${changed.length} of ${changes.files.length} files changed: ${changed.map(({ file }) => file).join(', ')}`,
  };
};

const refusalWords = ({ refusals = [] }: ChangesRecord): string =>
  [`${refusals.length} refused`, ...refusals.map(({ file, guard, text }) => `${file}: ${guard}: ${text}`)].join('\n');

const pushStatus = {
  pushed: 'done',
  unchanged: 'unchanged',
  'already-applied': 'unchanged',
  superseded: 'unchanged',
  previewed: 'previewed',
  refused: 'failed',
  failed: 'failed',
} as const;

const pushLine = ({ push }: RunRecords): ReportLine => {
  const step = 'push-constraints';
  if (push === undefined) return { step, status: 'skipped', text: skipped };
  const status = pushStatus[push.result];
  if (status === 'failed') return { step, status, text: push.error ?? push.reasons.join('; ') };
  const commit = push.newCommit?.slice(0, 12) ?? 'no commit';
  const what = push.result === 'unchanged' ? 'nothing changed' : [push.result, ...push.reasons].join(': ');
  return { step, status, text: `${what}, ${push.branch} at ${commit}` };
};

const legLine = ({ leg, reasons, record }: LegRecords): ReportLine => {
  const step = `buildx-refresh--${leg}`;
  if (reasons === undefined || record === undefined) {
    return { step, status: 'skipped', text: [skipped, ...(reasons?.reasons ?? [])].join('; ') };
  }
  if (record.result === 'failed') return { step, status: 'failed', text: record.error ?? '' };
  if (record.result === 'previewed')
    return { step, status: 'previewed', text: `would be built: ${reasons.reasons.join('; ')}` };
  if (!reasons.stale) return { step, status: 'unchanged', text: `nothing changed, ${record.digest ?? ''}` };
  if (record.result === 'already-applied') return { step, status: 'unchanged', text: 'another run built it meanwhile' };
  const emulated =
    record.ranOn !== undefined && record.ranOn !== record.platform ? `, emulated on ${record.ranOn}` : '';
  const steps = record.steps ? `, ${record.steps.cached} of ${record.steps.total} steps cached` : '';
  return {
    step,
    status: 'done',
    text: `built on ${record.node ?? 'a node'}${emulated}${steps}: ${reasons.reasons.join('; ')}`,
  };
};

const imageStatus = {
  published: 'done',
  unchanged: 'unchanged',
  superseded: 'unchanged',
  previewed: 'previewed',
  refused: 'failed',
  failed: 'failed',
} as const;

const imageLine = ({ name, record }: RunRecords['images'][number]): ReportLine => {
  const step = `publish-images--${name}`;
  if (record === undefined) return { step, status: 'skipped', text: skipped };
  const status = imageStatus[record.result];
  if (status === 'failed') return { step, status, text: record.error ?? '' };
  if (record.result === 'unchanged') return { step, status, text: `nothing changed, ${record.digest ?? ''}` };
  return {
    step,
    status,
    text: [record.result, tagWords(record), ...(record.reasons ?? [])].filter(Boolean).join(': '),
  };
};

const tagWords = ({ tags = [] }: ImageRecord): string => tags.map(({ tag, action }) => `${tag} ${action}`).join(', ');
