/** A server of another program for as long as one piece of work needs it. */
import { once } from 'node:events';
import { start, type Command } from './command';
import { commandFailed } from './command-failure';
import { notStarted } from './execute';
import { endGroup } from './group';
import { startGuardian } from './guardian';
import { forget, groupOf, remember } from './leftovers';
import { eachLine, keepTail } from './output';

const readyWithinMs = 60_000;
/** What it has to put away before it is killed. */
const endWithinMs = 10_000;
const kept = 64 * 1024;

/**
 * @param ready words of the line on its error output that says that it answers.
 * @throws CiCacheError `CommandFailed`: it did not start; whatever `work` throws.
 */
export const withServer = async <Result>(
  command: Command,
  ready: string,
  work: () => Promise<Result>,
): Promise<Result> => {
  startGuardian();
  const child = await start(command);
  if (!('pid' in child)) throw notStarted(command, child);
  const group = groupOf(child.pid);
  remember(group);
  const ended = once(child, 'exit');
  const said = keepTail(kept);
  child.stdout.resume();
  const answers = new Promise<void>((resolve, reject) => {
    const refuse = (why: string) => reject(commandFailed(command, why, { reason: 'exit', stderr: said.text() }));
    setTimeout(() => refuse(`was not ready within ${readyWithinMs / 1000} s`), readyWithinMs).unref();
    eachLine(child.stderr, (line) => {
      said.add(`${line}\n`);
      if (line.includes(ready)) resolve();
    }).then(() => refuse('ended before it was ready'), reject);
  });
  try {
    await answers;
    return await work();
  } finally {
    child.kill('SIGTERM');
    const late = setTimeout(() => endGroup(child.pid), endWithinMs);
    await ended;
    clearTimeout(late);
    endGroup(child.pid);
    forget(group);
  }
};
