/** What all e2e files share: the backend, the packed plugin, and a workspace with it installed to copy from. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { down, up } from '@nx-ci-cache/testbed';
import { makeTemplate } from './template';

const actions: Readonly<Record<string, (folder: string) => Promise<void>>> = {
  up: async (folder) => {
    await up(join(folder, 'stack'));
    await makeTemplate(join(folder, 'template'));
  },
  down: async (folder) => {
    await down(join(folder, 'stack'), { purge: true });
    // A worker of nx may still be writing its last.
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  },
};

const [action = '', folder = ''] = process.argv.slice(2);
void actions[action]?.(folder);
