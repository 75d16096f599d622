/** An explanation may have thousands of lines: people act on the cause it ends in, and read the rest where it is asked for. */
import { counted } from '@nx-ci-cache/process';

const mostLines = 24;
const mostCharacters = 4000;
const mostCauses = 3;
const mostHints = 6;
const mostOfLine = 600;

/** Its last causes and its hints, with the packages these are about first; the whole where that is short. */
export const briefly = (explanation: string): string => {
  const lines = explanation.split('\n');
  if (!isLong(explanation)) return explanation;
  const causes = lastCauses(lines);
  const hints = lines.filter((line) => /^\s*hint: /.test(line)).map((line) => line.trim());
  const names = packagesIn(causes.join('\n'));
  return [
    ...lines.slice(0, 1),
    ...(names.length === 0 ? [] : [`It ends in what is required of ${names.join(', ')}:`]),
    ...causes.map((line) => `  ${shortened(line.trim())}`),
    ...hints.slice(0, mostHints).map(shortened),
    ...(hints.length > mostHints ? [`and ${counted(hints.length - mostHints, 'more hint')}`] : []),
  ].join('\n');
};

export const isLong = (explanation: string): boolean =>
  explanation.length > mostCharacters || explanation.split('\n').length > mostLines;

/** Of words of another form, such as those of a build that failed, the last lines. */
const lastCauses = (lines: readonly string[]): readonly string[] => {
  const starts = lines.flatMap((line, at) => (/^\W*(?:cause: )?(?:And b|B)ecause /.test(line) ? [at] : []));
  const from = starts.at(-mostCauses);
  if (from === undefined) return lines.slice(1).slice(-mostLines);
  const end = lines.findIndex(
    (line, at) => at > (starts.at(-1) ?? 0) && (line.trim() === '' || /^\s*hint: /.test(line)),
  );
  return lines.slice(from, end === -1 ? undefined : end).slice(-mostLines);
};

const packagesIn = (causes: string): readonly string[] => {
  const required = causes.matchAll(/(?:you require|depends? on) ([a-z0-9](?:[\w.-]*\w)?)/g);
  return [...new Set([...required].map(([, name = '']) => name))].slice(-mostHints);
};

const shortened = (line: string): string => (line.length > mostOfLine ? `${line.slice(0, mostOfLine)} …` : line);
