/** A text with what its lines lead to: each file a segment under its own name and line numbers, in the order pip reads them. */
import { posix } from 'node:path';
import { invalid, type Place } from '@nx-ci-cache/config';
import type { TextFact } from '@nx-ci-cache/records';
import { checkLine, isWritten, leadOf, linesOf, type Lead } from './lines';
import { shown } from './requirement';
import { readAt, writtenPath, type ModeSource } from './source-file';

/** A text of a mode, or of a file that one leads to. */
export interface Text {
  /** As ci-cache.json writes it, or would. */
  readonly path: string;
  readonly text: string;
  /** The files from the mode's own to this one; the last is its own, and an inline list has none. */
  readonly trail: readonly string[];
  /** Of a line, counted from 0, for messages. */
  readonly placeOf: (at: number) => Place;
}

export interface Segments {
  readonly texts: readonly TextFact[];
  /** What `-c` leads to. */
  readonly bounds: readonly TextFact[];
}

export interface Following {
  readonly source: ModeSource;
  /** Files taken before: their lines stand there already. */
  readonly required: Set<string>;
  readonly bounding: Set<string>;
  /** What stands for a line that names a project by its folder; undefined for every other line. */
  readonly memberIn?: (line: string, text: Text, place: Place) => string | undefined;
}

/** @throws CiCacheError `OptionInvalid` for the first line that is an option, a path, a URL or no requirement. */
export const follow = (text: Text, following: Following): Segments => {
  const found: { texts: TextFact[]; bounds: TextFact[] } = { texts: [], bounds: [] };
  let lines: string[] = [];
  const close = (): void => {
    if (lines.some(isWritten)) found.texts.push({ path: text.path, text: lines.join('\n') });
    lines = lines.map(() => '');
  };
  let leads = 0;
  linesOf(text.text).forEach((line, at) => {
    const place = text.placeOf(at);
    const lead = leadOf(line);
    if (lead === undefined) {
      lines.push(requirementIn(line, text, place, following));
      return;
    }
    leads += 1;
    lines.push('');
    const { texts, bounds } = followLead(lead, text, place, following);
    if (texts.length > 0) close();
    found.texts.push(...texts);
    found.bounds.push(...bounds);
  });
  if (leads > 0 || text.trail.length > 1) close();
  else found.texts.push({ path: text.path, text: lines.join('\n') });
  return found;
};

const requirementIn = (line: string, text: Text, place: Place, { memberIn }: Following): string => {
  const member = isWritten(line) ? memberIn?.(line, text, place) : undefined;
  if (member === undefined) checkLine(line, place);
  return member ?? line;
};

const followLead = ({ kind, target }: Lead, text: Text, place: Place, following: Following): Segments => {
  const { source, required, bounding } = following;
  const value = shown(target);
  const file = posix.join(posix.dirname(text.trail.at(-1) ?? source.config.file), target);
  if (/^[a-z][a-z0-9+.-]*:|^[/~]|\$\{/i.test(target) || file.startsWith('../'))
    throw invalid(place, value, allowed, 'Commit the file, and name it by its path from this one.');
  if (text.trail.includes(file))
    throw invalid(
      place,
      value,
      `a file that does not lead back: ${[...text.trail, file].join(' → ')}`,
      `Take it away.`,
    );
  const seen = kind === 'bounds' ? bounding : required;
  if (seen.has(file)) return { texts: [], bounds: [] };
  seen.add(file);
  const led: Text = {
    path: writtenPath(file, source.config),
    text: readAt(file, { place, value, allowed }, source),
    trail: [...text.trail, file],
    placeOf: (at) => ({ file, key: `line ${at + 1}` }),
  };
  if (kind === 'requirements') return follow(led, following);
  // The resolver takes whatever a file of bounds leads to for bounds.
  const { texts, bounds } = follow(led, { source, required: bounding, bounding });
  return { texts: [], bounds: [...texts, ...bounds] };
};

const allowed = 'a file of the workspace, by its path from this one';
