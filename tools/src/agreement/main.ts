/** The command `tools/agreement`: reads two constraint files and says where they differ. */
import { readFileSync } from 'node:fs';
import { parsePins } from '@nx-ci-cache/constraints';
import { messageOf } from '@nx-ci-cache/process';
import { agreementOf } from './agreement';
import { agreementLines } from './render';

const main = (files: readonly string[]): number => {
  const [left, right, ...more] = files;
  if (left === undefined || right === undefined || more.length > 0) {
    process.stderr.write('tools/agreement: two files are needed. Allowed: tools/agreement <file A> <file B>\n');
    return 2;
  }
  try {
    const [ours, theirs] = [left, right].map((file) => parsePins(readFileSync(file, 'utf8'), file));
    const lines = agreementLines(agreementOf(ours ?? new Map(), theirs ?? new Map()), left, right);
    process.stdout.write(`${lines.join('\n')}\n`);
    return 0;
  } catch (error) {
    process.stderr.write(`tools/agreement: ${messageOf(error)}\n`);
    return 1;
  }
};

process.exitCode = main(process.argv.slice(2));
