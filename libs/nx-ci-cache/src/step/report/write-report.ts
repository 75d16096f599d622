/** Renders the run as JSON, markdown, HTML and badge and on the terminal, and adds it to the CI's own summary where there is one. */
import { appendFile } from 'node:fs/promises';
import { canonicalJson, readJson, readTextIfPresent, writeFileAtomic, writeJson } from '@nx-ci-cache/process';
import {
  cutToFit,
  htmlPage,
  pageData,
  refreshBadge,
  refreshMarkdown,
  refreshReport,
  refreshTerminal,
  summaryLimit,
  type RefreshReport,
} from '@nx-ci-cache/report';
import type { StepContext } from '../context/context';
import { readPage } from './read-page';

export const writeReport = async (context: StepContext): Promise<RefreshReport> => {
  const { at, environment, paths, say } = context;
  const run = await readPage(context);
  const report = refreshReport(run);
  const markdown = refreshMarkdown(report, paths.refresh('html'));
  const isKnown = isOf(report, await readJson<RefreshReport>(at(paths.refresh('json'))));
  await writeJson(at(paths.refresh('json')), report);
  await writeFileAtomic(at(paths.refresh('md')), markdown);
  await writeFileAtomic(at(paths.refresh('html')), await htmlPage(pageData(run, report)));
  await writeJson(at(paths.badge), refreshBadge(report));
  const summary = environment['GITHUB_STEP_SUMMARY'];
  if (summary && !isKnown) await appendSummary(summary, markdown, paths.refresh('md'));
  say(refreshTerminal(report, paths.refresh('html')), { type: 'report', report });
  return report;
};

/** Whether the same was reported of this run before: `report` runs after every refresh, and the summary needs it once. */
const isOf = (report: RefreshReport, before: RefreshReport | undefined): boolean =>
  report.run !== undefined && canonicalJson(report) === canonicalJson(before ?? null);

/** The step may have written into it before us. */
const appendSummary = async (summary: string, markdown: string, file: string): Promise<void> => {
  const before = Buffer.byteLength((await readTextIfPresent(summary)) ?? '');
  await appendFile(summary, cutToFit(markdown, summaryLimit - before, file));
};
