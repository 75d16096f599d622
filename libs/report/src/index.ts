export * from './records';
export { htmlPage } from './html';
export { changesMarkdown, refreshMarkdown } from './markdown';
export { refreshReport, type RefreshReport, type ReportLine, type StepStatus } from './refresh-report';
export type { RunRecords } from './run-records';
