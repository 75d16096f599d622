/** How two sources are related, from whole, shallow and foreign checkouts: what cannot be proven is unknown, never unrelated. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gitEnvironment } from '@nx-ci-cache/process/src/testing/git-environment';
import { checkout } from '../checkout/checkout';
import { replaceGit, restoreGit } from '../testing/fake-git';
import { testWorkspace, type TestWorkspace } from '../testing/workspace';
import { relationOf } from './relation';

let workspace: TestWorkspace;
let folder: string;
let first: string, second: string, other: string, orphan: string;
const none = 'f'.repeat(40);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ci-cache-relation-'));
  workspace = testWorkspace();
  const { git, commit } = workspace;
  first = commit({ a: '1' }).commit;
  second = commit({ a: '2' }).commit;
  git('checkout', '-q', '-b', 'side', first);
  other = commit({ b: '1' }).commit;
  git('checkout', '-q', '--orphan', 'orphan');
  orphan = commit({ c: '1' }).commit;
  git('checkout', '-q', 'main');
  git('config', 'uploadpack.allowAnySHA1InWant', 'true');
  git('config', 'uploadpack.allowFilter', 'true');
});
afterEach(restoreGit);
afterAll(() => [folder, workspace.root].forEach((path) => rmSync(path, { recursive: true, force: true })));

const remote = () => ({ url: workspace.root });
const whole = (ours: string, theirs: string, ...remotes: { url: string }[]) =>
  relationOf(ours, theirs, checkout(workspace.root), remotes);

it('is told by a whole checkout alone', async () => {
  expect(await whole(second, second)).toBe('same');
  expect(await whole(none, none)).toBe('same');
  expect(await whole(second, first)).toBe('newer');
  expect(await whole(first, second)).toBe('older');
  expect(await whole(second, other)).toBe('unrelated');
  expect(await whole(second, orphan)).toBe('unrelated');
  expect(await whole(second, none)).toBe('unknown');
  expect(await whole(second, none, remote())).toBe('unknown');
});

/** A checkout that ends at `depth` commits. */
const shallow = (...args: string[]) => {
  const root = mkdtempSync(join(folder, 'shallow-'));
  execFileSync('git', ['clone', '-q', '--depth=1', ...args, `file://${workspace.root}`, root], { env: gitEnvironment });
  return checkout(root);
};

it('is unknown to a shallow checkout, and told by the remote', async () => {
  const git = shallow('--no-single-branch');
  for (const [theirs, relation] of [
    [first, 'newer'],
    [other, 'unrelated'],
    [orphan, 'unrelated'],
    [none, 'unknown'],
  ] as const) {
    expect(await relationOf(second, theirs, git, [])).toBe('unknown');
    expect(await relationOf(second, theirs, git, [remote()])).toBe(relation);
  }
  expect(await relationOf(first, second, git, [remote()])).toBe('older');
});

it('is told by the next remote where the first does not answer', async () => {
  const gone = { url: join(folder, 'gone.git') };
  expect(await relationOf(second, first, shallow(), [gone])).toBe('unknown');
  expect(await relationOf(second, first, shallow(), [gone, remote()])).toBe('newer');
});

it('takes no lost answer for that of a whole checkout', async () => {
  replaceGit(folder, '--is-shallow-repository', 'exit 0');
  await expect(relationOf(second, other, shallow('--no-single-branch'), [])).rejects.toMatchObject({
    code: 'CommandFailed',
  });
});
