/** Whether whoever runs us may push: asked by a push of a commit of ours that writes nothing. */
import { withRepository, type RemoteAccess } from '@nx-ci-cache/git';
import { CiCacheError } from '@nx-ci-cache/process';
import { makeCommit } from '../commit/commit';
import { tryPushArgs } from '../git/argv';
import { refOf } from '../remote/branch';

/** No branch of that name is made. */
const probe = 'constraints-probe-of-doctor';

/** A server's hooks are not asked, so a protected branch may still say no. @throws CiCacheError `PushRefused` with what the remote said. */
export const tryPush = (access: RemoteAccess): Promise<void> =>
  withRepository(access, async (repository) => {
    const commit = await makeCommit(repository, {
      ...{ tip: null, blobs: {}, removed: [], message: 'probe', time: Date.now(), attempt: 1 },
      author: { name: 'nx-ci-cache', email: 'nx-ci-cache@users.noreply.example' },
    });
    const { exitCode, stderr } = await repository.transfer(tryPushArgs(refOf(probe), commit));
    if (exitCode === 0) return;
    throw new CiCacheError('PushRefused', `the remote lets nobody push from here: ${stderr}`, {
      remedy: 'Give this job an account that may push (GITHUB_TOKEN, CI_JOB_TOKEN, GIT_ASKPASS or an ssh key).',
    });
  });
