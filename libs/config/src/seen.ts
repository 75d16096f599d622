/** What one job of a run hands to the others by a variable: believed in one strict form only. */
import type { Seen } from '@nx-ci-cache/records';

export const isCommit = (text: unknown): text is string =>
  typeof text === 'string' && /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(text);

/** Undefined for a text of another form. */
export const parseSeen = (text: string): Seen | undefined => {
  const { sourceCommit, startedAt, bases } = objectIn(text);
  if (!isCommit(sourceCommit) || !isInstant(startedAt) || typeof bases !== 'object' || bases === null) return undefined;
  const digests: [string, unknown][] = Object.entries(bases);
  return digests.every(isDigest) ? { sourceCommit, startedAt, bases: Object.fromEntries(digests) } : undefined;
};

const objectIn = (text: string): Readonly<Record<string, unknown>> => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
};

const isInstant = (text: unknown): text is string =>
  typeof text === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text) && !Number.isNaN(Date.parse(text));

const isDigest = (entry: [string, unknown]): entry is [string, string] =>
  typeof entry[1] === 'string' && /^sha256:[0-9a-f]{64}$/.test(entry[1]);
