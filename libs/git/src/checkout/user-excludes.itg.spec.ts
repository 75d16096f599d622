/** A file the user ignores in every checkout is no edit of this one, wherever that is said; a tracked one is all the same. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testWorkspace, type TestWorkspace } from '../testing/workspace';
import { checkout } from './checkout';
import { editedPaths } from './files';

let workspace: TestWorkspace;
let home: string;
let commit: string;
const environment = { ...process.env };

beforeEach(() => {
  workspace = testWorkspace();
  home = mkdtempSync(join(tmpdir(), 'ci-cache-home-'));
  mkdirSync(join(home, '.config/git'), { recursive: true });
  Object.assign(process.env, { HOME: home, XDG_CONFIG_HOME: '' });
  ({ commit } = workspace.commit({ 'sub/b.txt': 'b\n' }));
  workspace.write({ 'sub/b.txt': 'edited\n', 'new.txt': 'n' });
});
afterEach(() => {
  process.env = { ...environment };
  [workspace.root, home].forEach((folder) => rmSync(folder, { recursive: true, force: true }));
});

const userConfig = (text: string): void => writeFileSync(join(home, '.gitconfig'), text);
const excludes = (path = 'excludes'): void => writeFileSync(join(home, path), 'new.txt\nsub\n');

const ofUser: Readonly<Record<string, () => void>> = {
  'in its usual place': () => excludes('.config/git/ignore'),
  'in another usual place': () => {
    process.env['XDG_CONFIG_HOME'] = join(home, 'xdg');
    mkdirSync(join(home, 'xdg/git'), { recursive: true });
    excludes('xdg/git/ignore');
  },
  'named by ~': () => {
    userConfig('[core]\n\texcludesFile = ~/excludes\n');
    excludes();
  },
  'named in a file that is included': () => {
    userConfig('[include]\n\tpath = more\n');
    writeFileSync(join(home, 'more'), `[core]\n\texcludesFile = ${home}/excludes\n`);
    excludes();
  },
  'named by the machine': () => {
    process.env['GIT_CONFIG_SYSTEM'] = join(home, 'system');
    writeFileSync(join(home, 'system'), `[core]\n\texcludesFile = ${home}/excludes\n`);
    excludes();
  },
};

it.each(Object.keys(ofUser))('what the user ignores everywhere, %s, is no edit', async (where) => {
  ofUser[where]?.();
  expect(await editedPaths(checkout(workspace.root), commit, ['.'])).toEqual(['sub/b.txt']);
  expect(await editedPaths(checkout(workspace.root), commit, ['new.txt'], 'count')).toEqual(['new.txt']);
});

it.each([
  '',
  '[core]\n\texcludesFile = /none\n',
  '[core]\n\texcludesFile =\n',
  '[broken',
  '[core]\n\texcludesFile = ~nobody-here/x\n',
])('a user whose configuration is %j ignores nothing', async (text) => {
  userConfig(text);
  expect(await editedPaths(checkout(workspace.root), commit, ['.'])).toEqual(['new.txt', 'sub/b.txt']);
});
