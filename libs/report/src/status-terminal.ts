/** The status as a terminal shows it: the outcome, one table of 100 columns, what a refresh would do, and what is wrong. */
import { counted, redact } from '@nx-ci-cache/process';
import { inWords } from '@nx-ci-cache/records';
import type { CellStatus, Estimate, ImageStatus, LegStatus, StatusReport } from './status-report';
import { ageWords, bytesWords, durationWords } from './quantities';
import { terminalTable } from './terminal-table';
import { statusHeadline, withShortDigests } from './words';

const columns = [36, 11, 9, 44];

export const statusTerminal = (report: StatusReport): string => redact(rendered(report));

const rendered = (report: StatusReport): string =>
  [
    `${statusHeadline(report.outcome)}: ${report.project}`,
    ...facts(report),
    '',
    terminalTable(columns, [['what', 'state', 'age', 'found'], ...rowsOf(report)]),
    '',
    ...forecastWords(report),
    ...report.troubles.map(({ what, says, mend }) => `Trouble: ${what}: ${says}${mend ? `\n  → ${mend}` : ''}`),
    ...report.notes.map((text) => `Not known: ${text}`),
    ...(report.outcome === 'changes-pending' ? [`Next: nx run ${report.project}:refresh`] : []),
  ].join('\n');

const facts = ({ sourceCommit, sourceBranch, branch, index }: StatusReport): string[] => {
  if (sourceCommit === undefined || index === undefined) return [];
  const source = [sourceCommit.slice(0, 12), ...(sourceBranch === undefined ? [] : ['on', sourceBranch])].join(' ');
  const { cutoff, newest, windowsBehind } = index;
  const behind =
    windowsBehind === undefined || cutoff === undefined
      ? `cut-off of a run now ${newest}`
      : `cut-off ${cutoff}, ${windowsBehind === 0 ? 'the newest' : `${counted(windowsBehind, 'window')} behind ${newest}`}`;
  return [`source ${source}${branch === undefined ? '' : ` → ${branch.name}`}`, behind];
};

const rowsOf = ({ branch, cells, legs, images, index, observedAt }: StatusReport): string[][] => [
  ...(branch === undefined
    ? []
    : [
        [
          ...[branch.name, branch.tip === null ? 'absent' : 'there', ageWords(branch.committedAt, observedAt)],
          [
            branch.tip === null ? 'no such branch yet' : `at ${branch.tip.slice(0, 12)}`,
            ...(branch.tip !== null && branch.missing.length > 0 ? [`lacks ${branch.missing.join(', ')}`] : []),
            ...(branch.extra.length > 0 ? [`not in the configuration: ${branch.extra.join(', ')}`] : []),
          ].join('; '),
        ],
      ]),
  ...cells.map((cell) => [cell.cell, cell.state, ageWords(cell.cutoff ?? index?.cutoff, observedAt), cellWords(cell)]),
  ...legs.map((leg) => [leg.leg, leg.state, ageWords(leg.recorded?.observedAt, observedAt), legWords(leg)]),
  ...images.map((image) => [image.name, image.state, '', imageWords(image)]),
];

const cellWords = ({ pins, reasons, releases }: CellStatus): string =>
  [
    ...(pins === undefined ? [] : [counted(pins, 'pin')]),
    ...(releases === undefined || releases.newer === releases.newSince
      ? []
      : [`${releases.newer - releases.newSince} older than the newest release since before`]),
    ...reasons,
  ].join('; ');

const legWords = ({ recorded, reasons, superseded, cacheBytes }: LegStatus): string =>
  withShortDigests(
    [
      ...inWords(reasons),
      ...(superseded === undefined ? [] : [`superseded: ${superseded}`]),
      ...(recorded === undefined
        ? []
        : [
            `built${recorded.seconds === undefined ? '' : ` in ${durationWords(recorded.seconds)}`} on ${recorded.node}`,
            ...(recorded.imageBytes === undefined ? [] : [`image ${bytesWords(recorded.imageBytes)}`]),
          ]),
      ...(cacheBytes === undefined ? [] : [`cache ${bytesWords(cacheBytes)}`]),
    ].join('; '),
  );

const imageWords = ({ reference, digest, reasons }: ImageStatus): string =>
  withShortDigests([...inWords(reasons), digest === undefined ? reference : `${reference} at ${digest}`].join('; '));

const forecastWords = ({ refresh: { resolves, builds, mayBuild, publishes, time }, cells }: StatusReport): string[] => {
  if (resolves.length + builds.length + publishes.length === 0) return ['A refresh would find nothing to do.'];
  const same = cells.filter(({ cell, state }) => resolves.includes(cell) && state === 'fresh').length;
  const nothingNewer = same === 0 ? '' : ` (${same} with nothing newer to see)`;
  const words = [
    ...(resolves.length === 0 ? [] : [`resolve ${counted(resolves.length, 'cell')}${nothingNewer}`]),
    ...(builds.length === 0 ? [] : [`build ${counted(builds.length, 'leg')}`]),
    ...(publishes.length === 0 ? [] : [`publish ${counted(publishes.length, 'image')}`]),
  ];
  return [
    `A refresh would ${new Intl.ListFormat('en').format(words)}.`,
    ...(mayBuild.length === 0
      ? []
      : [`If pins change, it would build ${mayBuild.length} more: ${mayBuild.join(', ')}.`]),
    ...(resolves.length === 0 ? [] : [`Time of the cells: ${estimateWords(time.resolving)}`]),
    ...(builds.length === 0 ? [] : [`Time of the legs: ${estimateWords(time.building)}`]),
  ];
};

const estimateWords = ({ seconds, untimed, how }: Estimate): string => {
  if (seconds === undefined) return `unknown: ${how}`;
  const bound = untimed.length === 0 ? 'about' : 'at least';
  return `${bound} ${durationWords(seconds)}: ${how}${untimed.length === 0 ? '' : `; never timed: ${untimed.join(', ')}`}`;
};
