/** What a failed transfer means: will it pass by itself, did the server refuse us, or is it neither? A table of git's words. */
import { commandFailureOf } from '@nx-ci-cache/process';

export type FailureKind = 'denied' | 'absent' | 'transient' | 'unknown';

const table: readonly (readonly [RegExp, FailureKind])[] = [
  [/\b(401|403)\b|authentication failed|permission denied|access denied|could not read (username|password)/i, 'denied'],
  [/terminal prompts disabled|host key verification failed|permission to .* denied|not authorized/i, 'denied'],
  [/\b404\b|repository .*not found|does not appear to be a git repository|does not exist/i, 'absent'],
  [/not our ref|unadvertised object|no such remote ref|couldn't find remote ref/i, 'absent'],
  [/could not resolve (host|proxy)|name or service not known/i, 'transient'],
  [/connection (refused|reset|closed|timed out)|timed out|failed to connect|couldn't connect/i, 'transient'],
  [/\b(429|500|502|503|504)\b|early eof|hung up|unexpected disconnect|rpc failed|broken pipe/i, 'transient'],
  [/cannot lock ref|unable to create .*file exists/i, 'transient'],
];

/** What git, and the server through it, wrote of a failure; nothing for an error of any other kind. */
export const saidBy = (error: unknown): string => commandFailureOf(error)?.stderr ?? '';

/** Whether the server knows no such object: a branch was rewound meanwhile, or the server hands out only what a ref names. */
export const isNotOffered = (error: unknown): boolean => /not our ref|unadvertised object/i.test(saidBy(error));

/** Whether an object was fetched that is malformed, as old imports made them. */
export const isMalformed = (error: unknown): boolean => /fsck error/.test(saidBy(error));

/** Meaning of what git wrote to stderr; the first row that matches. */
export const failureKind = (stderr: string): FailureKind => {
  const words = withoutNames(stderr);
  return table.find(([row]) => row.test(words))?.[1] ?? 'unknown';
};

/** Quoted names, URLs and paths are not git's words: a team, a folder or a branch may be called 403. */
const withoutNames = (stderr: string): string =>
  stderr.replace(/(?<!\w)'[^'\n]*'|"[^"\n]*"/g, '').replace(/\S+/g, (word) => (word.includes('/') ? '' : word));

/** Whether asking again may help. A refusal, an absent repository and a cancelled run are final. */
export const isTransient = (error: unknown): boolean => failureKind(saidBy(error)) === 'transient';
