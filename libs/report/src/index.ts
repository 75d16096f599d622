export { htmlPage } from './page/html';
export type { PageData } from './page/page-data';
export { pageData } from './page/page-data-of';
export type { PageRun, ReportedFile } from './page/page-run';
export { changesMarkdown } from './changes-markdown';
export { changesTerminal } from './changes-terminal';
export { doctorTerminal, type Examined, type Finding } from './doctor-terminal';
export type { Line, StepStatus } from './line';
export { cellLine } from './lines/cell';
export { changesLine } from './lines/changes';
export { freezeLine } from './lines/freeze';
export { imageLine } from './lines/image';
export { legLine } from './lines/leg';
export { pushLine } from './lines/push';
export { planLine, snapshotLine } from './lines/snapshot';
export { refreshMarkdown } from './markdown';
export { refreshReport, type RefreshReport, type ReportedRun, type ReportStep } from './refresh-report';
export { refreshTerminal } from './terminal';
export { importMarkdown, importTerminal } from './import';
export { markdown, plain } from './markup';
export { whyText } from './why';
export { cutToFit, summaryLimit } from './cut';
export { refreshBadge, statusBadge } from './badge';
export {
  statusReport,
  type BranchStatus,
  type CellStatus,
  type Estimate,
  type Forecast,
  type ImageStatus,
  type IndexStatus,
  type LegStatus,
  type NewerReleases,
  type StatusReport,
  type Trouble,
} from './status-report';
export { statusMetrics } from './status-metrics';
export { statusTerminal } from './status-terminal';
