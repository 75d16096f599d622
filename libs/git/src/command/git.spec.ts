import { CiCacheError } from '@nx-ci-cache/process';
import { harmlessError } from './git';

it('shows of a git that was killed what the server said, and nothing a terminal or a CI obeys', () => {
  const hostile = '\u001b[31mremote: wait\u001b[0m\n::error::x\nremote: ##vso[task.complete]x\na\u202eb\u0000';
  const shown = 'remote: wait\n: :error::x\nremote: # #vso[task.complete]x\nab';
  const killed = new CiCacheError('CommandFailed', `it did not end within 1 s\n${hostile}`, {
    remedy: `Run it by hand:\n${hostile}`,
    data: { exitCode: -1, stderr: hostile, stdout: hostile },
    cause: new Error(hostile),
  });
  const error = harmlessError(killed);
  expect(error).toMatchObject({
    code: 'CommandFailed',
    message: `it did not end within 1 s\n${shown}`,
    remedy: `Run it by hand:\n${shown}`,
    data: { exitCode: -1, stderr: shown, stdout: shown },
  });
  // A cause would be printed beside the message, in its own words.
  expect(error.cause).toBeUndefined();
});
