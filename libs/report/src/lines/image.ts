/** The report's line about one published image. */
import type { FailureRecord, ImageReasons, ImageRecord } from '@nx-ci-cache/records';
import { lineOf, type Line, type StepStatus } from '../line';

const statuses: Readonly<Record<ImageRecord['result'], StepStatus>> = {
  published: 'done',
  unchanged: 'unchanged',
  superseded: 'unchanged',
  previewed: 'previewed',
  refused: 'failed',
};

/** @param planned why it was to be written; then a record of an earlier run tells no more than what stands there. */
export const imageLine = (
  record: ImageRecord | FailureRecord | undefined,
  planned: ImageReasons | FailureRecord | undefined,
): Line =>
  lineOf<ImageRecord>(record, (image) =>
    publishedLine(image, planned !== undefined && 'reasons' in planned && planned.reasons.length === 0),
  );

const publishedLine = (record: ImageRecord, isHeld: boolean): Line => {
  const { result, digest = '', reasons = [] } = record;
  const status = statuses[result];
  if (result === 'unchanged' || isHeld) return { status: 'unchanged', text: `nothing changed, ${digest}` };
  return { status, text: [result, tagWords(record), ...reasons].filter(Boolean).join(': ') };
};

const tagWords = ({ tags = [] }: ImageRecord): string => tags.map(({ tag, action }) => `${tag} ${action}`).join(', ');
