/** Lines of requirements or bounds, each of which names a released package: an option leads to files that nobody records. */
import { invalid, type Place } from '@nx-ci-cache/config';
import { insteadOf } from './options';
import { checkRequirement, shown } from './requirement';

/**
 * The text as the resolver reads it: one requirement a line, under its old number.
 * @param placeOf the place of a line, counted from 0, for messages.
 * @throws CiCacheError `OptionInvalid` for the first line that is an option or no requirement of a released package.
 */
export const requirementText = (text: string, placeOf: (at: number) => Place): string => {
  // The resolver ends a line at each of the three, so that a lone \r could hide one from us.
  const lines = joinContinued(text.replaceAll(/\r\n?/g, '\n'));
  lines.split('\n').forEach((raw, at) => {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) return;
    if (line.startsWith('-')) throw invalid(placeOf(at), shown(line), allowed, insteadOf(line));
    checkRequirement(line, placeOf(at));
  });
  return lines;
};

const allowed = 'requirements only, e.g. "requests>=2", and comments';

/** pip knows lines that go on after a backslash, the resolver does not. Empty lines keep the numbers of those below. */
const joinContinued = (text: string): string =>
  text.replaceAll(/^(?:[^#\n]*\\\n)+.*$/gm, (lines) => {
    const parts = lines.split('\\\n');
    return parts.join(' ') + '\n'.repeat(parts.length - 1);
  });
