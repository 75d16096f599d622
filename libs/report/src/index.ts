export { htmlPage } from './html';
export { changesMarkdown } from './changes-markdown';
export { refreshMarkdown } from './markdown';
export { refreshReport, type RefreshReport } from './refresh-report';
export type { ReportLine, StepStatus } from './report-line';
export type { RunRecords } from './run-records';
export { whyMarkdown } from './why-markdown';
