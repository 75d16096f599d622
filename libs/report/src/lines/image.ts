/** The report's line about one published image. */
import type { FailureRecord, ImageRecord } from '@nx-ci-cache/records';
import { lineOf, type Line, type StepStatus } from '../line';

const statuses: Readonly<Record<ImageRecord['result'], StepStatus>> = {
  published: 'done',
  unchanged: 'unchanged',
  superseded: 'unchanged',
  previewed: 'previewed',
  refused: 'failed',
};

export const imageLine = (record: ImageRecord | FailureRecord | undefined): Line => lineOf(record, publishedLine);

const publishedLine = (record: ImageRecord): Line => {
  const { result, digest = '', reasons = [] } = record;
  const status = statuses[result];
  if (result === 'unchanged') return { status, text: `nothing changed, ${digest}` };
  return { status, text: [result, tagWords(record), ...reasons].filter(Boolean).join(': ') };
};

const tagWords = ({ tags = [] }: ImageRecord): string => tags.map(({ tag, action }) => `${tag} ${action}`).join(', ');
