/** Nx ends the process of a task as soon as its executor has answered: what was said until then must have arrived. */
import { join } from 'node:path';
import { execa } from 'execa';

it('says a long error whole, and what a step said before it', async () => {
  const script = [
    `const { succeeds } = require(${JSON.stringify(join(__dirname, 'as-executor.ts'))});`,
    'const long = (word) => Array.from({ length: 40_000 }, (_none, at) => `${word} ${at}`).join("\\n");',
    'const work = async () => { process.stdout.write(long("said") + "\\n"); throw new Error(long("because") + "\\nDo this."); };',
    'void succeeds(work).then(({ success }) => process.exit(success ? 0 : 1));',
  ].join('\n');
  const { exitCode, stdout, stderr } = await execa(
    process.execPath,
    ['--require', '@swc-node/register', '--eval', script],
    { cwd: join(__dirname, '../../../../..'), reject: false, stdin: 'ignore' },
  );
  expect(exitCode).toBe(1);
  expect(stdout.split('\n').at(-1)).toBe('said 39999');
  expect(stderr.split('\n').slice(-2)).toEqual(['because 39999', 'Do this.']);
});
