/** Staging is flat in memory: as a context grows in bytes or in files, the process that stages it does not. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testWorkspace } from '@nx-ci-cache/git/src/testing/workspace';

const mebibyte = 1024 * 1024;
const zeros = 300 * mebibyte;
const fileCount = 5_000;

/** Tells how far the peak of its resident memory grew while it staged, and the folder. What `getrusage` says begins at the peak of its parent. */
const script = `
  const peakKiB = () => Number(/VmHWM:\\s*(\\d+)/.exec(require('node:fs').readFileSync('/proc/self/status', 'utf8'))[1]);
  const [folder, workspaceRoot, commit, parent] = process.argv.slice(1);
  const { readSourceContext } = require(folder + '/source-context.ts');
  const { stagingIn } = require(folder + '/stage.ts');
  const source = { workspaceRoot, commit };
  void (async () => {
    const context = await readSourceContext(source, { context: '.', dockerfile: 'Dockerfile' });
    const before = peakKiB();
    const staged = await stagingIn(parent)(context);
    console.log(JSON.stringify({ grownKiB: peakKiB() - before, staged }));
  })();`;

let root: string;
let parent: string;
beforeEach(() => (parent = mkdtempSync(join(tmpdir(), 'ci-cache-stage-'))));
afterEach(() => [root, parent].forEach((folder) => rmSync(folder, { recursive: true, force: true })));

it('writes a file of 300 MB and 5,000 small ones while git prints them', () => {
  const workspace = testWorkspace();
  root = workspace.root;
  mkdirSync(join(root, 'small'));
  for (let at = 0; at < fileCount; at += 1) writeFileSync(join(root, `small/${at}`), `${at}\n`);
  writeFileSync(join(root, 'zeros'), '');
  truncateSync(join(root, 'zeros'), zeros);
  const { commit } = workspace.commit({ Dockerfile: 'FROM scratch\n' });
  const args = ['--require', '@swc-node/register', '--eval', script, __dirname, root, commit, parent];
  const { grownKiB, staged } = JSON.parse(
    execFileSync(process.execPath, args, { cwd: join(__dirname, '../../../..'), encoding: 'utf8' }),
  );
  expect(statSync(join(staged, 'zeros')).size).toBe(zeros);
  expect(statSync(join(staged, `small/${fileCount - 1}`)).size).toBe(`${fileCount - 1}\n`.length);
  expect(grownKiB).toBeLessThan(150 * 1024);
}, 120_000);
