export { htmlPage } from './html';
export { changesMarkdown } from './changes-markdown';
export { refreshMarkdown } from './markdown';
export { refreshReport, type RefreshReport, type ReportLine, type StepStatus } from './refresh-report';
export type { RunRecords } from './run-records';
export { whyMarkdown } from './why-markdown';
export { cutToFit, summaryLimit } from './cut';
