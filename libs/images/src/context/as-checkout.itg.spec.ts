/** A staged context holds what a clean checkout of the commit holds, byte for byte, or the file at fault is named. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gitEnvironment } from '@nx-ci-cache/process/src/testing/git-environment';
import { testWorkspace, type TestWorkspace } from '@nx-ci-cache/git/src/testing/workspace';
import { dirtyPaths } from './clean';
import type { Source } from './source';
import { readSourceContext } from './source-context';
import { stagingIn } from './stage';
import { bytesBelow } from '../testing/bytes-below';

const places = { context: 'app', dockerfile: 'app/Dockerfile' };
const content = 'large content\n'.repeat(100);
const sha256 = createHash('sha256').update(content).digest('hex');
const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${sha256}\nsize ${content.length}\n`;
const attributes = ['*.bat eol=crlf', '*.id ident', '*.u16 working-tree-encoding=UTF-16LE', '*.bin filter=lfs -text'];
const files = {
  'app/Dockerfile': 'FROM scratch\n',
  'app/.gitattributes': `${attributes.join('\n')}\n`,
  'app/a.bat': 'one\ntwo\n',
  'app/b.id': '$Id$\n',
  'app/a folder/ü ☃.bat': 'spaces and unicode\n',
  'app/plain.bin': 'no pointer\n',
  'app/plain.txt': 'plain\n',
};

let workspace: TestWorkspace;
let parent: string;
beforeEach(() => {
  workspace = testWorkspace();
  parent = mkdtempSync(join(tmpdir(), 'ci-cache-stage-'));
});
afterEach(() => [workspace.root, parent].forEach((folder) => rmSync(folder, { recursive: true, force: true })));

const read = (source: Source) => readSourceContext(source, places);
const keep = (text = content) => {
  const place = join(workspace.root, '.git/lfs/objects', sha256.slice(0, 2), sha256.slice(2, 4), sha256);
  mkdirSync(dirname(place), { recursive: true });
  writeFileSync(place, text);
};

it('holds the bytes of a clean clone, in a workspace below the top and with attributes above the context', async () => {
  const below = Object.fromEntries(Object.entries(files).map(([path, text]) => [`mono/${path}`, text]));
  workspace.commit({ ...below, 'mono/.gitattributes': '*.cmd eol=crlf\n', 'mono/app/c.cmd': 'x\ny\n' });
  writeFileSync(join(workspace.root, 'mono/app/wide.u16'), Buffer.from('wide\n', 'utf16le'));
  chmodSync(join(workspace.root, 'mono/app/a.bat'), 0o755);
  const { commit } = workspace.commit({});
  // What this clone alone says has no say.
  workspace.git('config', 'core.autocrlf', 'true');
  mkdirSync(join(workspace.root, '.git/info'), { recursive: true });
  writeFileSync(join(workspace.root, '.git/info/attributes'), '*.txt eol=crlf\n');
  const clone = join(parent, 'clone');
  execFileSync('git', ['clone', '--quiet', workspace.root, clone], { env: gitEnvironment });
  const source = { workspaceRoot: join(workspace.root, 'mono'), commit };
  const staged = await stagingIn(parent)(await read(source));
  const bytes = bytesBelow(staged);
  expect(bytes).toEqual(bytesBelow(join(clone, 'mono/app')));
  expect(bytes).toMatchObject({ 'a.bat': 'one\r\ntwo\r\n', 'plain.txt': 'plain\n', 'wide.u16': 'w\0i\0d\0e\0\n\0' });
  expect(bytes['b.id']).toMatch(/^\$Id: [0-9a-f]{40} \$\n$/);
  expect(readdirSync(parent).sort()).toEqual(['clone', staged.slice(parent.length + 1)]);
});

it('holds what a pointer names, and takes its content in the work tree for no edit', async () => {
  const source = workspace.commit({ ...files, 'app/large.bin': pointer });
  keep();
  const context = await read(source);
  expect(bytesBelow(await stagingIn(parent)(context))).toMatchObject({
    'large.bin': content,
    'plain.bin': 'no pointer\n',
  });
  workspace.write({ 'app/large.bin': content });
  expect(await dirtyPaths(source, places, context)).toEqual([]);
  workspace.write({ 'app/large.bin': content.replace('large', 'LARGE') });
  expect(await dirtyPaths(source, places, context)).toEqual(['app/large.bin']);
});

it.each<[string, object, string | undefined, RegExp, RegExp]>([
  ['that was not fetched', { 'app/large.bin': pointer }, undefined, /^large\.bin .* was not fetched$/, /git lfs pull/],
  ['that is cut off', { 'app/large.bin': pointer }, 'large', /^large\.bin .* was not fetched$/, /git lfs pull/],
  [
    'of another form',
    { 'app/large.bin': pointer.replace('oid', 'ext-0-x sha256:ab\noid') },
    content,
    /^large\.bin is a Git LFS pointer of another form/,
    /\.dockerignore/,
  ],
  [
    'behind another filter',
    { 'app/x.secret': 'x', 'app/.gitattributes': '*.secret filter=git-crypt\n' },
    content,
    /^x\.secret is checked out through the filter "git-crypt"/,
    /Exclude x\.secret in \.dockerignore/,
  ],
])('refuses content %s', async (_what, more, kept, message, remedy) => {
  if (kept !== undefined) keep(kept);
  const expected = {
    ...{ code: 'OptionInvalid', message: expect.stringMatching(message), remedy: expect.stringMatching(remedy) },
  };
  await expect(read(workspace.commit({ ...files, ...more }))).rejects.toMatchObject(expected);
  const ignored = { 'app/.dockerignore': 'large.bin\n*.secret\n' };
  await expect(read(workspace.commit({ ...files, ...more, ...ignored }))).resolves.toBeDefined();
});

it('refuses content that is not what the pointer names', async () => {
  const source = workspace.commit({ ...files, 'app/large.bin': pointer });
  keep(content.replace('large', 'LARGE'));
  const context = await read(source);
  await expect(stagingIn(parent)(context)).rejects.toMatchObject({
    message: expect.stringMatching(/^large\.bin .* is damaged/),
  });
});

it('finds content where lfs.storage says', async () => {
  const source = workspace.commit({ ...files, 'app/large.bin': pointer });
  keep();
  workspace.git('config', 'lfs.storage', 'elsewhere');
  await expect(read(source)).rejects.toThrow('was not fetched');
  workspace.git('config', 'lfs.storage', 'lfs');
  await expect(read(source)).resolves.toBeDefined();
});

it('has another digest as soon as a file is converted otherwise, and the same where none is', async () => {
  const digestWith = async (text: string) => {
    const { digest } = await read(workspace.commit({ ...files, 'app/.gitattributes': '', '.gitattributes': text }));
    return digest;
  };
  const plain = await digestWith('');
  expect(await digestWith('*.bat text\n* export-ignore\n*.id -text eol=crlf\n')).toBe(plain);
  const converted = await digestWith('*.bat eol=crlf\n');
  expect(converted).not.toBe(plain);
  expect(await digestWith('*.bat text eol=crlf ident\n')).not.toBe(converted);
});

it('refuses a name that is not UTF-8, unless it is excluded', async () => {
  const name = Buffer.concat([Buffer.from(join(workspace.root, 'app/caf')), Buffer.from([0xe9])]);
  const before = workspace.commit(files);
  writeFileSync(name, 'x');
  const source = workspace.commit({});
  const ignoring = workspace.commit({ 'app/.dockerignore': 'caf*\n' });
  // Node removes no folder with such a name in it.
  unlinkSync(name);
  expect(source.commit).not.toBe(before.commit);
  await expect(read(source)).rejects.toMatchObject({
    code: 'OptionInvalid',
    message: 'the name of a file of the context is not UTF-8: caf\\x??',
  });
  await expect(read(ignoring)).resolves.toBeDefined();
});
