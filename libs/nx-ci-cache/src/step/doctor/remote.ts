/** The remote: there, reachable, and open to a push. */
import { fillTemplate } from '@nx-ci-cache/config';
import { observeBranch, remoteUrl, tryPush } from '@nx-ci-cache/branch';
import { remoteAccess } from '../facts/remote-access';
import { unseen, well, type Check } from './check';
import type { Patient } from './subject';

/** A server that hangs is no longer waited for. */
const timeoutMs = 60_000;

export const remoteCheck: Check<Patient> = {
  name: 'git remote',
  look: async ({ context, source }) => {
    if (source === undefined) return unseen('needs a checkout');
    const { config, environment, workspaceRoot } = context;
    const place = { file: config.file, key: 'push.remote' };
    const url = await remoteUrl(workspaceRoot, fillTemplate(config.push.remote, { environment }, place), place);
    const access = { ...remoteAccess(context), timeoutMs };
    await observeBranch(url, 'constraints-main', access);
    await tryPush({ url, environment, ...access });
    return well(`${config.push.remote} answers and takes a push`);
  },
};
