/** From a run as it was read to what the page shows. */
import { inWords } from '@nx-ci-cache/records';
import { heldWords, placesOf } from '../held';
import { refreshReport, type RefreshReport, type ReportStep } from '../refresh-report';
import { headline, nextSteps, pinsChanged } from '../words';
import { legCalled, legsIn } from './legs';
import { nextRun } from './next-run';
import { pageVersion, type PageData, type PageLeg, type PageStep } from './page-data';
import type { PageRun } from './page-run';
import { pageFile } from './pin-rows';
import { timelineOf } from './timeline';

export const pageData = (run: PageRun, report: RefreshReport = refreshReport(run)): PageData => {
  const { changes } = report;
  const summary = pinsChanged(report);
  const timeline = timelineOf(report.steps);
  const proof = proofOf(run);
  return {
    ...{ version: pageVersion, project: report.project, outcome: report.outcome, headline: headline(report) },
    ...(summary === undefined ? {} : { summary }),
    todo: [...(changes.refusals ?? []).map(({ remedy }) => remedy), ...nextSteps(report)].filter(isFirst),
    facts: factsOf(report),
    steps: report.steps.map(pageStep),
    files: run.files.map((file) =>
      pageFile(
        file,
        changes.files.find((each) => each.file === file.file),
        changes.held?.[file.file] ?? [],
      ),
    ),
    refusals: changes.refusals ?? [],
    legs: legsIn(report.steps).map(pageLeg),
    ...(timeline === undefined ? {} : { timeline }),
    verified: report.steps.flatMap(({ step, verified = [] }) => verified.map((each) => ({ step, ...each }))),
    ...(proof === undefined ? {} : { proof }),
    drift: report.drift.map(({ step, text }) => ({ step, text })),
    held: heldOf(report),
    next: nextRun(report, run.windowSeconds),
  };
};

const isFirst = <Value>(value: Value, at: number, all: readonly Value[]): boolean => all.indexOf(value) === at;

const factsOf = (report: RefreshReport): PageData['facts'] =>
  Object.entries({
    'source commit': commitText(report.sourceCommit),
    'source branch': report.sourceBranch,
    'constraints branch': report.branch,
    'its commit before': commitText(report.before),
    'its commit after': commitText(report.after),
    'cut-off': instantText(report.cutoff),
    started: instantText(report.startedAt),
    ended: instantText(report.endedAt),
    'run of the CI': report.ciRun,
    'preview, nothing was changed': report.preview,
  }).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));

/** Enough of a commit to find it by; the whole is in refresh.json. */
const commitText = (commit: string | null | undefined): string | undefined => commit?.slice(0, 12);

const instantText = (instant: string | undefined): string | undefined =>
  instant?.replace(/T(\d\d:\d\d:\d\d)(?:\.\d+)?Z$/, ' $1 UTC');

const pageStep = ({ step, status, text, made, replayed }: ReportStep): PageStep => ({
  ...{ step, status, text },
  ...(made === undefined || replayed
    ? {}
    : { seconds: Math.max(0, Math.round((Date.parse(made.endedAt) - Date.parse(made.startedAt)) / 100) / 10) }),
  ...(replayed ? { replayed } : {}),
});

const pageLeg = ({ step, status, text, replayed, reasons = [], build }: ReportStep): PageLeg => ({
  ...{ step: legCalled(step), status, text, reasons: inWords(reasons), ...build },
  ...(replayed ? { replayed } : {}),
});

const proofOf = ({ proof }: PageRun): PageData['proof'] =>
  proof && {
    ...{ result: proof.result, faults: proof.faults },
    ...(proof.made === undefined ? {} : { at: proof.made.endedAt }),
    legs: proof.legs.map(({ leg, steps: { cached, total }, missed, reasons = [], problems }) => ({
      leg,
      text: [`${cached} of ${total} steps cached`, ...[missed ?? []].flat(), ...reasons, ...problems].join('; '),
      isWhole: cached === total && problems.length === 0,
    })),
  };

const heldOf = ({ changes }: RefreshReport): PageData['held'] => {
  const bounds = (changes.limits ?? []).map(({ mode, bound, reason }) => [`${bound}: ${reason}`, mode] as const);
  return [...placesOf([...heldWords(changes), ...bounds])].map(([text, files]) => ({ text, files }));
};
