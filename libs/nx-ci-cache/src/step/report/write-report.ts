/** Renders the run as JSON, markdown and HTML, and adds the markdown to the CI's own summary where there is one. */
import { appendFile } from 'node:fs/promises';
import { writeFileAtomic, writeJson } from '@nx-ci-cache/process';
import { htmlPage, refreshMarkdown, refreshReport, type RefreshReport } from '@nx-ci-cache/report';
import type { StepContext } from '../context/context';
import { readRun } from './read-run';

export const writeReport = async (context: StepContext): Promise<RefreshReport> => {
  const { at, environment, paths, say } = context;
  const report = refreshReport(await readRun(context));
  const markdown = refreshMarkdown(report);
  await writeJson(at(paths.refresh('json')), report);
  await writeFileAtomic(at(paths.refresh('md')), markdown);
  await writeFileAtomic(at(paths.refresh('html')), htmlPage(markdown));
  if (environment['GITHUB_STEP_SUMMARY']) await appendFile(environment['GITHUB_STEP_SUMMARY'], markdown);
  say(markdown);
  return report;
};
