/** Which outcome of a look fails the target: Nx knows of a task that it succeeded, or that it did not. */
import { CiCacheError } from '@nx-ci-cache/process';
import type { StatusReport } from '@nx-ci-cache/report';
import type { StatusQuestion } from '../../chain/status';

/** @throws CiCacheError `CommandFailed` for trouble; `OptionInvalid` for pending changes, where they are to fail. */
export const refuseOutcome = (
  { outcome, troubles, project }: StatusReport,
  failOn: StatusQuestion['failOn'] = 'trouble',
): void => {
  if (outcome === 'trouble')
    throw new CiCacheError('CommandFailed', `trouble with ${troubles.map(({ what }) => what).join(', ')}`, {
      remedy: `Do what stands beside each; nx run ${project}:doctor looks at more.`,
    });
  if (outcome === 'changes-pending' && failOn === 'changes')
    throw new CiCacheError('OptionInvalid', `changes are pending, and --fail-on=changes was asked for`, {
      remedy: `Run nx run ${project}:refresh.`,
    });
};
