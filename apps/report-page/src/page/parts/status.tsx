/** The outcome of a step as a word that colour only underlines. */
import type { PageData } from '@nx-ci-cache/report';

type StepStatus = PageData['steps'][number]['status'];

const words: Readonly<Record<StepStatus, string>> = {
  done: 'changed',
  unchanged: 'same',
  previewed: 'preview',
  failed: 'failed',
  skipped: 'skipped',
};

export const Status = ({ status }: { readonly status: StepStatus }) => (
  <span class={`status ${status}`}>{words[status]}</span>
);
