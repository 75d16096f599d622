/** Switches for a whole run: flags of the target that is named on the command line, or environment variables. */
import { CiCacheError } from '@nx-ci-cache/process';
import type { Seen } from '@nx-ci-cache/records';
import { isPackageName } from './package-name';
import { isCommit, parseSeen } from './seen';
import { isTagName } from './tag-name';

export interface Switches {
  /** `--dry-run`, `CI_CACHE_DRY_RUN`: change nothing, show what would happen. */
  readonly dryRun: boolean;
  /** `--answer`, `CI_CACHE_ANSWER`: yes to publishing from outside a CI. */
  readonly answer: boolean;
  /** `--force`, `CI_CACHE_FORCE`: every leg is stale. */
  readonly force: boolean;
  /** `--upgrade`, `CI_CACHE_UPGRADE`: modes with `keepPins` upgrade in this run: all packages (`yes`), or those named. */
  readonly upgrade?: true | readonly string[];
  /** `--cutoff`, `CI_CACHE_CUTOFF`: one instant for all jobs of a CI matrix, ISO 8601 UTC. */
  readonly cutoff?: string;
  /** `--only`, `CI_CACHE_ONLY`: legs that may be built, by patterns of their names. */
  readonly only?: readonly string[];
  /** `--tag`, `CI_CACHE_TAG`: tag, `constraints-X.Y.Z`, to set on the published commit. */
  readonly tag?: string;
  /** `--constraints-commit`, `CI_CACHE_CONSTRAINTS_COMMIT`: what another job has pushed, and this one makes images with. */
  readonly constraintsCommit?: string;
  /** `--seen`, `CI_CACHE_SEEN`: what that job saw of the outside world, so that nothing of it is looked at twice. */
  readonly seen?: Seen;
}

export type SwitchName = keyof Switches;

/** What a run was asked for, as it was written. */
export interface Asked {
  /** By name as written, without dashes before it: `dry-run` or `dryRun`. A flag counts before its variable. */
  readonly flags?: Readonly<Record<string, unknown>>;
  readonly environment: NodeJS.ProcessEnv;
}

/** @throws CiCacheError `OptionInvalid` for a value of another form, naming the flag or variable it was written in. */
export const readSwitches = (asked: Asked): Switches => {
  const upgrade = read('upgrade', asked, upgradeOf);
  const cutoff = read('cutoff', asked, cutoffOf);
  const only = read('only', asked, onlyOf);
  const tag = read('tag', asked, tagOf);
  const constraintsCommit = read('constraintsCommit', asked, commitOf);
  const seen = read('seen', asked, seenOf);
  return {
    dryRun: read('dryRun', asked, yesOrNo) ?? false,
    answer: read('answer', asked, yesOrNo) ?? false,
    force: read('force', asked, yesOrNo) ?? false,
    ...(upgrade === undefined || upgrade === false ? {} : { upgrade }),
    ...(cutoff === undefined ? {} : { cutoff }),
    ...(only === undefined ? {} : { only }),
    ...(tag === undefined ? {} : { tag }),
    ...(constraintsCommit === undefined ? {} : { constraintsCommit }),
    ...(seen === undefined ? {} : { seen }),
  };
};

export const switchNames: readonly SwitchName[] = [
  ...(['dryRun', 'answer', 'force', 'upgrade', 'cutoff', 'only', 'tag', 'constraintsCommit', 'seen'] as const),
];

/** `dryRun` → `dry-run`. */
export const flagOf = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** `dryRun` → `CI_CACHE_DRY_RUN`. */
export const variableOf = (name: string): string => `CI_CACHE_${flagOf(name).replaceAll('-', '_').toUpperCase()}`;

/** What a text of one form stands for; a form has its own words for what is allowed. */
interface Form<Value> {
  readonly allowed: string;
  /** Undefined for a text of another form. */
  readonly parse: (text: string) => Value | undefined;
}

const read = <Value>(name: SwitchName, { flags = {}, environment }: Asked, form: Form<Value>): Value | undefined => {
  const written = Object.entries(flags).find(([flag]) => flagOf(flag) === flagOf(name));
  const [place, key, text] = written
    ? (['flag', `--${flagOf(name)}`, textOf(written[1])] as const)
    : (['environment', variableOf(name), environment[variableOf(name)] ?? ''] as const);
  if (text === '') return undefined;
  const value = form.parse(text);
  if (value !== undefined) return value;
  throw new CiCacheError('OptionInvalid', `${place}: ${key} = ${JSON.stringify(text)}\n  allowed: ${form.allowed}`, {
    remedy: written ? `Correct ${key}, or leave it out.` : `Correct or unset ${key}.`,
  });
};

/** A flag without a value is true, `--no-…` is false. */
const textOf = (value: unknown): string => {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return Array.isArray(value) ? value.join(',') : String(value);
};

export const answers: ReadonlyMap<string, boolean> = new Map([
  ...['0', 'no', 'false'].map((word) => [word, false] as const),
  ...['1', 'yes', 'true'].map((word) => [word, true] as const),
]);

const yesOrNo: Form<boolean> = { allowed: 'yes or no', parse: (text) => answers.get(text) };

const upgradeOf: Form<boolean | readonly string[]> = {
  allowed: 'yes, no, or package names separated by commas',
  parse: (text) => {
    const names = text.split(',').map((name) => name.trim());
    return answers.get(text) ?? (names.every(isPackageName) ? names : undefined);
  },
};

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

const cutoffOf: Form<string> = {
  allowed: 'an instant such as 2026-05-01T00:00:00Z',
  parse: (text) => (instant.test(text) && !Number.isNaN(Date.parse(text)) ? text : undefined),
};

const onlyOf: Form<readonly string[]> = {
  allowed: 'names of legs, separated by commas, in which * stands for any text, e.g. ci-3.13-*',
  parse: (text) => {
    const patterns = text.split(',').map((pattern) => pattern.trim());
    return patterns.every((pattern) => /^[a-z0-9.*-]+$/.test(pattern)) ? patterns : undefined;
  },
};

/** Whether a run with these switches may build the leg. */
export const mayBuild = (leg: string, { only }: Pick<Switches, 'only'>): boolean =>
  only?.some((pattern) => new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '.*')}$`).test(leg)) ?? true;

const tagOf: Form<string> = {
  allowed: 'a tag of the form constraints-X.Y.Z, e.g. constraints-2.10.1 or constraints-2.10.1rc1',
  parse: (text) => (isTagName(text) ? text : undefined),
};

const commitOf: Form<string> = {
  allowed: 'the whole id of a commit, 40 or 64 hexadecimal digits',
  parse: (text) => (isCommit(text) ? text : undefined),
};

const seenOf: Form<Seen> = { allowed: 'what plan/seen.json of the job that planned holds', parse: parseSeen };
