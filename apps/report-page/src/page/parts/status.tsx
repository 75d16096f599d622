/** The outcome of a step as a word that colour only underlines. */
import type { PageData } from '@nx-ci-cache/report';
import { statusWords } from '@nx-ci-cache/report/src/status-words';

type StepStatus = PageData['steps'][number]['status'];

export const Status = ({ status }: { readonly status: StepStatus }) => (
  <span class={`status ${status}`}>{statusWords[status].toLowerCase()}</span>
);
