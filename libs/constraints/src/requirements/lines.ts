/** Lines of requirements or bounds: released packages only, because an option or a path leads to files that nobody records. */
import { invalid, type Place } from '@nx-ci-cache/config';

/**
 * The text as the resolver reads it: one requirement a line, under its old number.
 * @param placeOf the place of a line, counted from 0, for messages.
 * @throws CiCacheError `OptionInvalid` for the first line that is an option or names something on this machine.
 */
export const requirementText = (text: string, placeOf: (at: number) => Place): string => {
  // The resolver ends a line at each of the three, so that a lone \r could hide one from us.
  const lines = text.replaceAll(/\r\n?/g, '\n');
  lines.split('\n').forEach((raw, at) => {
    const line = raw.trim();
    if (line.startsWith('-')) throw invalid(placeOf(at), line, allowed, elsewhere);
    if (!line.startsWith('#') && isLocal(line)) throw invalid(placeOf(at), line, allowed, released);
  });
  return joinContinued(lines);
};

const allowed = 'requirements only, e.g. "requests>=2", and comments';
const elsewhere = 'List further files in "requirements" and the index in "index" of ci-cache.json.';
const released =
  'Require a released package: a path of this machine is none. A folder of wheels goes into "findLinks".';

const named = /^[a-z0-9][a-z0-9._-]*\s*(?:\[[^\]]*\])?\s*@\s*/i;
const local = /^(?:(?:[a-z]+\+)?file:|\.|\{|[^\s:;#]*\/|[^\s:;#]+\.(?:whl|zip|tar\.gz)\b)/i;

/** Whether a requirement is a path, with or without a name before it: another machine has no such file. */
export const isLocal = (requirement: string): boolean => local.test(requirement.trim().replace(named, ''));

/** pip knows lines that go on after a backslash, the resolver does not. Empty lines keep the numbers of those below. */
const joinContinued = (text: string): string =>
  text.replaceAll(/^(?:[^#\n]*\\\n)+.*$/gm, (lines) => {
    const parts = lines.split('\\\n');
    return parts.join(' ') + '\n'.repeat(parts.length - 1);
  });
