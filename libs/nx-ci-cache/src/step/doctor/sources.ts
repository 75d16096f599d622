/** The requirement files: there, sound, and committed as they are, because the pushed commit names its sources. */
import { readMode } from '@nx-ci-cache/constraints';
import { counted } from '@nx-ci-cache/process';
import { refuseEditedSources } from '../facts/clean-sources';
import { unseen, well, type Check } from './check';
import type { Patient } from './subject';

export const sourcesCheck: Check<Patient> = {
  name: 'requirements',
  look: async ({ context, source }) => {
    const { config, workspaceRoot } = context;
    const read = config.modes.map((mode) => readMode({ workspaceRoot, config, mode }, []));
    const modes = await Promise.all(read);
    if (source === undefined) return unseen('whether they are committed: needs a checkout');
    await refuseEditedSources(modes, { sourceCommit: source.commit }, context);
    return well(`of ${counted(modes.length, 'mode')}, all committed`);
  },
};
