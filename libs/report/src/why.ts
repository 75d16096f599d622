/** The answer to "why" for people; cells with the same answer share it. */
import { redact } from '@nx-ci-cache/process';
import type { Hidden, Hold, PinChange, WhyAnswer, WhyRecord } from '@nx-ci-cache/records';
import type { Markup } from './markup';

/** @param markup of the place it is read in. */
export const whyText = ({ package: name, cutoff, cells }: WhyRecord, markup: Markup): string => {
  const groups = new Map<string, WhyRecord['cells'][number][]>();
  for (const each of cells) {
    const key = JSON.stringify(each.answer);
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  const lines = [
    markup.heading(1, `Why ${markup.inline(name)}, seen at ${cutoff}`),
    '',
    ...[...groups.values()].flatMap((group) => [
      markup.heading(2, group.map(({ cell }) => cell).join(', ')),
      '',
      ...(group[0] ? answerLines(name, group[0].answer, markup) : []),
      '',
    ]),
  ];
  return redact(lines.join('\n'));
};

const answerLines = (name: string, answer: WhyAnswer, markup: Markup): string[] => {
  const { inline, block } = markup;
  switch (answer.kind) {
    case 'absent':
      return [`Nothing requires ${inline(name)}.`];
    case 'frozen':
      return [`This mode freezes the image ${inline(answer.image)}: its Dockerfile decides what is in it.`];
    case 'failed':
      return ['No answer:', '', ...block(answer.error)];
    case 'found':
      return [
        `${inline(name)}==${answer.version}, required by:`,
        '',
        ...answer.chains.map((chain) => `- ${inline(chain.join(' → '))}`),
        '',
        ...holdLines(name, answer, markup),
        ...hiddenLines(answer.hidden, markup),
      ];
  }
};

type Found = Extract<WhyAnswer, { kind: 'found' }>;

const holdLines = (name: string, { hold, newest = 'unknown', hidden }: Found, markup: Markup): string[] => {
  const { inline, block, table } = markup;
  switch (hold.by) {
    case 'nothing':
      return hidden === undefined
        ? ['Nothing holds it back: no newer version can be installed at the cut-off.']
        : ['It is the newest version that the mode takes at the cut-off.'];
    case 'requirements':
      return [
        `The newest is ${newest}; this holds it back:`,
        '',
        ...block(hold.explanation),
        ...boundLines(hold, markup),
      ];
    case 'choice':
      return [
        `The newest is ${newest}. It has a solution, which the resolver did not choose, because it changes:`,
        '',
        table([40, 20, 20, 20], [['package', 'kind', 'from', 'to'], ...hold.changes.map(changeRow)]),
      ];
    case 'override':
      return [`The newest is ${newest}; an override decides: ${inline(hold.files.join(', '))}.`];
    case 'kept':
      return [
        `The newest is ${newest}; "keepPins" keeps the published pin, CI_CACHE_UPGRADE=${inline(name)} lets it go.`,
      ];
    case 'resolution':
      return [`The newest is ${newest}; the mode takes the lowest version: "resolution" is "${hold.resolution}".`];
    case 'unknown':
      return ['What holds it back is not known:', '', ...block(hold.reason)];
  }
};

const boundLines = (
  { requirements, limits, constraints }: Extract<Hold, { by: 'requirements' }>,
  { inline }: Markup,
): string[] => {
  const lines = [
    ...requirements.map(({ path, bound }) => `- the requirement ${inline(bound)} of ${inline(path)}`),
    ...limits.map(({ bound, reason }) => `- the limit ${inline(bound)}: ${inline(reason)}`),
    ...constraints.map((path) => `- the constraints of ${inline(path)}`),
  ];
  return lines.length === 0 ? [] : ['', 'Bounds of your own on it:', '', ...lines];
};

const hiddenLines = (hidden: readonly Hidden[] = [], markup: Markup): string[] =>
  hidden.length === 0
    ? []
    : ['', 'The mode passes over newer releases:', '', ...hidden.map((each) => hiddenLine(each, markup))];

const hiddenLine = (hidden: Hidden, { inline }: Markup): string => {
  switch (hidden.by) {
    case 'sdist':
      return `- ${hidden.version} has no wheel for this Python, and "allowSdist" does not name the package`;
    case 'wheel':
      return `- ${hidden.version} has no wheel for this Python and Linux, and no sdist`;
    case 'platform':
      return `- the wheels of ${hidden.version} need ${hidden.needs}: "linux" says which Linux the files are for`;
    case 'patch':
      return `- ${hidden.version} requires Python ${inline(hidden.requires)}: write "${hidden.patch}" into "pythons"`;
    case 'python':
      return `- ${hidden.version} requires Python ${inline(hidden.requires)}`;
    case 'prerelease':
      return `- ${hidden.version} is a pre-release, which "prerelease" does not allow`;
    case 'unknown':
      return `- whether there are more is not known: ${inline(hidden.reason.replaceAll(/\s+/g, ' '))}`;
  }
};

const changeRow = ({ name, kind, from = '', to = '' }: PinChange): string[] => [name, kind, from, to];
