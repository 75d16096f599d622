/** The report's line about one published image. */
import type { FailureRecord, ImageReasons, ImageRecord } from '@nx-ci-cache/records';
import { lineOf, type Line, type StepStatus, type Verified } from '../line';

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
  const text = [result, tagWords(record), ...reasons].filter(Boolean).join(': ');
  return result === 'published' ? { status, text, verified: verifiedOf(record) } : { status, text };
};

const tagWords = ({ tags = [] }: ImageRecord): string => tags.map(({ tag, action }) => `${tag} ${action}`).join(', ');

/** A tag that is kept was never written. */
const verifiedOf = ({ repository, digest, tags = [] }: ImageRecord): Verified[] =>
  tags
    .filter(({ action }) => action !== 'kept')
    .map(({ tag }) => ({ what: `${repository}:${tag} at ${digest}`, how: 'the tag was read back from the registry' }));
