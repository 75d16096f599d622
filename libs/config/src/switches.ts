/** Switches for a whole run: environment variables, because Nx hands flags to the named target only. */
import { CiCacheError } from '@nx-ci-cache/process';
import { isPackageName } from './package-name';
import { isTagName } from './tag-name';

export interface Switches {
  /** `CI_CACHE_DRY_RUN`: change nothing, show what would happen. */
  readonly dryRun: boolean;
  /** `CI_CACHE_ANSWER`: yes to publishing from outside a CI. */
  readonly answer: boolean;
  /** `CI_CACHE_FORCE`: every leg is stale. */
  readonly force: boolean;
  /** `CI_CACHE_UPGRADE`: modes with `keepPins` upgrade in this run: all packages (`yes`), or those named. */
  readonly upgrade?: true | readonly string[];
  /** `CI_CACHE_CUTOFF`: one instant for all jobs of a CI matrix, ISO 8601 UTC. */
  readonly cutoff?: string;
  /** `CI_CACHE_TAG`: tag, `constraints-X.Y.Z`, to set on the published commit. */
  readonly tag?: string;
}

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

/** @throws CiCacheError `OptionInvalid` for a value that is neither yes nor no, or a cut-off that is no instant. */
export const readSwitches = (environment: NodeJS.ProcessEnv = process.env): Switches => {
  const cutoff = environment['CI_CACHE_CUTOFF'];
  if (cutoff && (!instant.test(cutoff) || Number.isNaN(Date.parse(cutoff)))) {
    throw wrong('CI_CACHE_CUTOFF', cutoff, 'an instant such as 2026-05-01T00:00:00Z');
  }
  return {
    dryRun: yes('CI_CACHE_DRY_RUN', environment),
    answer: yes('CI_CACHE_ANSWER', environment),
    force: yes('CI_CACHE_FORCE', environment),
    ...upgradeOf(environment),
    ...(cutoff ? { cutoff } : {}),
    ...tagOf(environment),
  };
};

const upgradeOf = (environment: NodeJS.ProcessEnv): Pick<Switches, 'upgrade'> => {
  const value = environment['CI_CACHE_UPGRADE'] ?? '';
  const answer = words[value];
  if (answer !== undefined) return answer ? { upgrade: true } : {};
  const names = value.split(',').map((name) => name.trim());
  if (names.every(isPackageName)) return { upgrade: names };
  throw wrong('CI_CACHE_UPGRADE', value, 'yes, no, or package names separated by commas');
};

const tagOf = ({ CI_CACHE_TAG: tag }: NodeJS.ProcessEnv): Pick<Switches, 'tag'> => {
  if (!tag) return {};
  if (isTagName(tag)) return { tag };
  throw wrong(
    'CI_CACHE_TAG',
    tag,
    'a tag of the form constraints-X.Y.Z, e.g. constraints-2.10.1 or constraints-2.10.1rc1',
  );
};

const words: Readonly<Record<string, boolean>> = {
  '': false,
  '0': false,
  no: false,
  false: false,
  '1': true,
  yes: true,
  true: true,
};

const yes = (name: string, environment: NodeJS.ProcessEnv): boolean => {
  const value = environment[name] ?? '';
  const answer = words[value];
  if (answer === undefined) throw wrong(name, value, 'yes or no');
  return answer;
};

const wrong = (name: string, value: string, allowed: string) =>
  new CiCacheError('OptionInvalid', `environment: ${name} = ${JSON.stringify(value)}\n  allowed: ${allowed}`, {
    remedy: `Correct or unset ${name}.`,
  });
