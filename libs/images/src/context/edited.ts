/** Edits nobody committed: what is made from a commit would silently lack them, or hold them without saying so. */
import { CiCacheError } from '@nx-ci-cache/process';

/** @throws CiCacheError `OptionInvalid` naming the first of `paths`, if there are any. */
export const refuseEdited = (what: string, paths: readonly string[], remedy: string): void => {
  if (paths.length === 0) return;
  const shown = paths.slice(0, 5).join(', ') + (paths.length > 5 ? ` and ${paths.length - 5} more` : '');
  throw new CiCacheError('OptionInvalid', `${what} differ from the commit: ${shown}`, { remedy, data: { paths } });
};
