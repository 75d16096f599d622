/** What is read of a checkout is the same whatever user, machine, caller or the checkout's own files say to git. */
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gitEnvironment } from '@nx-ci-cache/process/src/testing/git-environment';
import { relationOf } from '../history/relation';
import { testWorkspace, type TestWorkspace } from '../testing/workspace';
import { checkout } from './checkout';
import { editedPaths, filesOf } from './files';
import { configOf, headOf, headRefOf, rootOf } from './head';
import { contentOf, eachObject } from './objects';
import { entriesAt, treeOf } from './tree';

let workspace: TestWorkspace;
let home: string;
let commits: [string, string];
/** Written by whatever was started that must not be. */
let mark: string;
const environment = { ...process.env };

const files = {
  'a.txt': 'a\n',
  'é ü.txt': 'odd\n',
  'sub/*.txt': 'star\n',
  'sub/b.txt': 'b\n',
  '.gitignore': 'ignored\n',
  large: 'x'.repeat(300_000),
};

beforeEach(() => {
  workspace = testWorkspace();
  home = mkdtempSync(join(tmpdir(), 'ci-cache-home-'));
  mark = join(home, 'mark');
  workspace.git('remote', 'add', 'origin', 'https://example.com/a.git');
  commits = [workspace.commit(files).commit, workspace.commit({ 'a.txt': 'second\n' }).commit];
  workspace.write({ 'sub/b.txt': 'edited\n', 'new.txt': 'n', ignored: 'i' });
});
afterEach(() => {
  process.env = { ...environment };
  rmSync(workspace.root, { recursive: true, force: true });
  rmSync(home, { recursive: true, force: true });
});

/** Every reader, once. */
const readAll = async () => {
  const git = checkout(workspace.root);
  const [first, second] = commits;
  const entries = await treeOf(git, second, { recursive: true });
  const contents: Record<string, string> = {};
  const paths = entries.map(({ path }) => path).values();
  const oids = entries.map(({ oid }) => oid);
  await eachObject(git, oids, async (object) => {
    contents[String(paths.next().value)] = (await contentOf(object)).toString('utf8');
  });
  return {
    head: await headOf(git, workspace.root),
    ref: await headRefOf(git),
    root: await rootOf(git),
    remote: await configOf(git, 'remote.origin.url'),
    none: await configOf(git, 'remote.other.url'),
    files: (await filesOf(git)).sort(),
    edited: await editedPaths(git, second, ['.']),
    literally: await editedPaths(git, second, ['sub/*.txt']),
    ignored: await editedPaths(git, second, ['ignored'], 'count'),
    root1: (await treeOf(git, second)).map(({ path, type }) => `${type} ${path}`),
    below: (await treeOf(git, `${second}:./sub`)).map(({ path }) => path),
    named: (await entriesAt(git, first, ['a.txt', 'sub/*.txt', 'none'])).map(({ path }) => path),
    contents,
    relations: [await relationOf(second, first, git, []), await relationOf(first, second, git, [])],
  };
};

const expected = () => ({
  head: commits[1],
  ref: 'refs/heads/main',
  root: workspace.root,
  remote: ['https://example.com/a.git'],
  none: [],
  files: [...Object.keys(files), 'new.txt'].sort(),
  edited: ['new.txt', 'sub/b.txt'],
  literally: [],
  ignored: ['ignored'],
  root1: ['blob .gitignore', 'blob a.txt', 'blob large', 'tree sub', 'blob é ü.txt'],
  below: ['*.txt', 'b.txt'],
  named: ['a.txt', 'sub/*.txt'],
  contents: { ...files, 'a.txt': 'second\n' },
  relations: ['newer', 'older'],
});

/** A program that must not run. */
const program = (): string => {
  const path = join(home, 'program');
  writeFileSync(path, `#!/bin/sh\necho "$0" >> '${mark}'\n`);
  chmodSync(path, 0o755);
  return path;
};

const userConfig = (text: string): void => {
  process.env['HOME'] = home;
  process.env['XDG_CONFIG_HOME'] = join(home, '.config');
  mkdirSync(join(home, '.config/git'), { recursive: true });
  writeFileSync(join(home, '.gitconfig'), text);
};

/** Each with what is other there. */
const worlds: Readonly<Record<string, () => Partial<ReturnType<typeof expected>> | void>> = {
  'an ordinary checkout': () => undefined,
  'one of another owner, with safe.directory unset': () => {
    execFileSync('chown', ['--recursive', '65534:65534', workspace.root]);
    expect(() => workspace.git('rev-parse', 'HEAD')).toThrow('dubious ownership');
  },
  'one with a file of grafts': () => {
    mkdirSync(join(workspace.root, '.git/info'), { recursive: true });
    writeFileSync(join(workspace.root, '.git/info/grafts'), `${commits[1]}\n`);
    expect(workspace.git('rev-list', '--count', 'HEAD').trim()).toBe('1');
  },
  'one with replaced objects': () => {
    const [first, second] = commits;
    const blob = workspace.git('rev-parse', `${second}:a.txt`).trim();
    workspace.write({ ignored: 'i' });
    workspace.git('replace', blob, workspace.git('hash-object', '-w', 'ignored').trim());
    workspace.git('replace', '--graft', second);
    expect(workspace.git('cat-file', 'blob', blob)).toBe('i');
    expect(() => workspace.git('merge-base', '--is-ancestor', first, second)).toThrow();
  },
  'a user with a configuration': () => {
    userConfig(
      [
        '[alias]\n\tls-tree = version\n\trev-parse = version\n\tcat-file = version',
        `[core]\n\tfsmonitor = ${program()}\n\thooksPath = ${home}\n\tquotePath = true\n\tpager = ${program()}`,
        `\texcludesFile = ${join(home, 'excludes')}\n\tattributesFile = ${join(home, 'attributes')}`,
        '[url "https://evil.example/"]\n\tinsteadOf = https://example.com/',
        `[diff]\n\texternal = ${program()}\n\trelative = false\n\tnoprefix = true`,
        `[filter "x"]\n\tclean = ${program()}`,
        '[color]\n\tui = always',
        '[remote "other"]\n\turl = https://evil.example/b.git',
      ].join('\n'),
    );
    for (const folder of ['', '.config/git/ignore', '.config/git/attributes'].slice(1))
      writeFileSync(join(home, folder), folder.endsWith('ignore') ? 'new.txt\n' : '* filter=x\n');
    writeFileSync(join(home, 'excludes'), 'new.txt\nsub\n');
    writeFileSync(join(home, 'attributes'), '* filter=x\n');
    return { edited: ['sub/b.txt'] };
  },
  'a checkout that starts programs': () => {
    workspace.git('config', 'core.fsmonitor', program());
    workspace.git('config', 'core.hooksPath', home);
    workspace.git('config', 'diff.external', program());
    workspace.git('config', 'core.pager', program());
    for (const hook of ['post-index-change', 'reference-transaction'])
      writeFileSync(join(home, hook), `#!/bin/sh\necho >> '${mark}'\n`, { mode: 0o755 });
  },
  'a hook of git that calls us': () => {
    const other = mkdtempSync(join(home, 'other-'));
    execFileSync('git', ['init', '-q', other], { env: gitEnvironment });
    Object.assign(process.env, {
      GIT_DIR: join(other, '.git'),
      GIT_WORK_TREE: other,
      GIT_INDEX_FILE: join(other, 'index'),
      GIT_OBJECT_DIRECTORY: join(other, '.git/objects'),
      GIT_PREFIX: 'sub/',
      GIT_CONFIG_PARAMETERS: "'core.quotePath=true'",
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'remote.origin.url',
      GIT_CONFIG_VALUE_0: 'https://evil.example/a.git',
      GIT_EXTERNAL_DIFF: program(),
      GIT_NAMESPACE: 'x',
      GIT_TRACE: join(home, 'trace'),
    });
  },
};

it.each(Object.keys(worlds))('%s: every reader says what is there', async (name) => {
  const other = worlds[name]?.();
  expect(await readAll()).toEqual({ ...expected(), ...other });
  expect(existsSync(mark)).toBe(false);
});

it('has no commit, and says so, outside of a checkout and before the first commit', async () => {
  const message = { code: 'CommandFailed', message: `no commit is checked out in ${home}` };
  await expect(headOf(checkout(home), home)).rejects.toMatchObject(message);
  execFileSync('git', ['init', '-q', home], { env: gitEnvironment });
  await expect(headOf(checkout(home), home)).rejects.toMatchObject(message);
});

it.each(['--no-split-index', '--split-index'])(
  'changes nothing in the checkout, not even an index of %s',
  async (how) => {
    workspace.git('update-index', how);
    // Touched and not changed: what the index knows of it is old.
    utimesSync(join(workspace.root, 'a.txt'), 1_000_000_000, 1_000_000_000);
    const digest = () => execFileSync('sh', ['-c', 'find . -type f -exec md5sum {} + | sort'], { cwd: workspace.root });
    const before = digest().toString();
    expect(await readAll()).toEqual(expected());
    expect(digest().toString()).toBe(before);
    workspace.git('diff', '--name-only');
    expect(digest().toString()).not.toBe(before);
  },
);

it('sees an edit as young as the index that keeps the size of the file', async () => {
  workspace.write({ 'a.txt': 'sEcond\n' });
  const index = join(workspace.root, '.git/index');
  const { mtime } = statSync(index);
  utimesSync(join(workspace.root, 'a.txt'), mtime, mtime);
  expect(await editedPaths(checkout(workspace.root), commits[1], ['a.txt'])).toEqual(['a.txt']);
});
