/** The package a person asks about: a flag of the target itself, or a variable where no flag can be given. */
import { invalid, isPackageName, normaliseName } from '@nx-ci-cache/config';
import { CiCacheError } from '@nx-ci-cache/process';
import type { WhyRecord } from '@nx-ci-cache/records';
import type { StepContext } from '../context/context';

const variable = 'CI_CACHE_PACKAGE';

/** Normalised. @throws CiCacheError `OptionInvalid` when no package is named, or the name is none. */
export const askedPackage = (
  option: string | undefined,
  { environment, taskName }: Pick<StepContext, 'environment' | 'taskName'>,
): string => {
  const name = option ?? (environment[variable] || undefined);
  if (name !== undefined && isPackageName(name)) return normaliseName(name);
  const place = {
    file: option === undefined ? 'environment' : 'options',
    key: option === undefined ? variable : 'package',
  };
  throw invalid(place, name, 'a package name, e.g. urllib3', `Run nx run ${taskName} --package=<name>.`);
};

/** @throws CiCacheError `ResolveFailed` naming cells without an answer; `OptionInvalid` when no cell has the package. */
export const refuseUnanswered = (
  { package: name, cells }: WhyRecord,
  { projectName, paths }: Pick<StepContext, 'projectName' | 'paths'>,
): void => {
  const failed = cells.filter(({ answer }) => answer.kind === 'failed').map(({ cell }) => cell);
  if (failed.length > 0) {
    throw new CiCacheError('ResolveFailed', `no answer for ${failed.join(', ')}`, {
      remedy: `Read ${paths.why('md')}: it holds the resolver's own words.`,
      data: { failed },
    });
  }
  if (cells.some(({ answer }) => answer.kind !== 'absent')) return;
  throw new CiCacheError('OptionInvalid', `no cell of ${projectName} holds ${name}`, {
    remedy: 'Correct the name; constraint files list the packages there are.',
  });
};
