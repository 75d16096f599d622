/** The versions of Node that tools/setup keeps beside the one that runs the tests: their binaries, the older first. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const setup = join(__dirname, '../../../../tools/setup');

export const otherNodes = (): readonly string[] =>
  String(execFileSync(setup, ['--print-nodes']))
    .trim()
    .split('\n')
    .map((folder) => join(folder, 'node'));
