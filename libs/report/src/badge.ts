/** A run or a state as the endpoint of a badge: https://shields.io/badges/endpoint-badge. */
import { inertText } from '@nx-ci-cache/process';
import type { RefreshReport } from './refresh-report';
import type { StatusReport } from './status-report';
import { headline, statusHeadline } from './words';

export interface Badge {
  readonly schemaVersion: 1;
  readonly label: string;
  readonly message: string;
  readonly color: 'brightgreen' | 'yellow' | 'blue' | 'red';
  /** Then nobody may give it another colour. */
  readonly isError?: true;
}

const refreshColors = {
  refreshed: 'brightgreen',
  'nothing-to-do': 'brightgreen',
  preview: 'blue',
  failed: 'red',
} as const;
const statusColors = { fresh: 'brightgreen', 'changes-pending': 'yellow', trouble: 'red' } as const;

export const refreshBadge = (report: RefreshReport): Badge =>
  badge(report.project, headline(report), refreshColors[report.outcome]);

export const statusBadge = ({ project, outcome }: Pick<StatusReport, 'project' | 'outcome'>): Badge =>
  badge(project, statusHeadline(outcome), statusColors[outcome]);

/** @param text begins with the outcome, and ends with the project, which the label says already. */
const badge = (project: string, text: string, color: Badge['color']): Badge => {
  const message = text.replace(`: ${project}`, '').replace(/,.*/s, '');
  const words = {
    label: inertText(project),
    message: inertText(message.slice(0, 1).toLowerCase() + message.slice(1)),
    color,
  };
  return { schemaVersion: 1, ...words, ...(color === 'red' ? { isError: true as const } : {}) };
};
