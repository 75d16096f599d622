/** The command `tools/stack`: one verb, one answer on stdout, faults on stderr. */
import { messageOf } from '@nx-ci-cache/process';
import { parseArgv, type StackCommand } from './argv';
import { down } from './down';
import { exportLines, stackEnv } from './env';
import { UsageError } from './errors';
import { stateFolder } from './layout';
import { status, statusLines } from './status';
import { up } from './up';

const perform = async (command: StackCommand, folder: string): Promise<number> => {
  switch (command.verb) {
    case 'up':
      await up(folder);
      return showStatus(folder);
    case 'down':
      await down(folder, { purge: command.purge });
      return 0;
    case 'status':
      return showStatus(folder);
    case 'env':
      process.stdout.write(exportLines(stackEnv(folder)));
      return 0;
  }
};

const showStatus = async (folder: string): Promise<number> => {
  const parts = await status(folder);
  process.stdout.write(statusLines(parts));
  return parts.every((part) => part.up) ? 0 : 1;
};

const main = async (): Promise<void> => {
  try {
    process.exitCode = await perform(parseArgv(process.argv.slice(2)), stateFolder());
  } catch (error) {
    process.stderr.write(`tools/stack: ${messageOf(error)}\n`);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  }
};

void main();
