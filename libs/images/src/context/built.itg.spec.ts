/** What real BuildKit puts into an image from the workspace's root and a named context is what a clean clone holds. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { gitEnvironment } from '@nx-ci-cache/process/src/testing/git-environment';
import { ensureBuilder, readLegSources } from '..';
import { commonArguments } from '../leg/arguments';
import { stageLeg } from '../leg/sources';
import { testSpec } from '../testing/leg';
import { startWorld, type World } from '../testing/world';
import { buildxWith } from '../builder/buildx';
import { executeBuild } from '../leg/execute';

const platform = 'linux/amd64';
const content = 'large content\n'.repeat(100);
const sha256 = createHash('sha256').update(content).digest('hex');
const files = {
  '.gitattributes': '*.bat eol=crlf\n*.id ident\n*.bin filter=lfs -text\n',
  'docker/Dockerfile': 'FROM scratch\nCOPY . /whole/\nCOPY --from=shared . /shared/\n',
  'large.bin': `version https://git-lfs.github.com/spec/v1\noid sha256:${sha256}\nsize ${content.length}\n`,
  'a.bat': 'one\ntwo\n',
  'b.id': '$Id$\n',
  'run.sh': '#!/bin/sh\n',
  'a folder/with space': 'space\n',
  'Grüße/ü.txt': 'umlaut\n',
  'libs/shared/s.bat': 's\n',
};

let world: World;
beforeAll(async () => {
  world = await startWorld();
  await ensureBuilder({ ...world, platforms: [platform], emit: () => undefined });
});
afterAll(() => world?.stop());

/** Mode, and target or bytes, of everything below a folder that is no folder. */
const below = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((each) => !each.isDirectory())
      .map((each) => join(each.parentPath, each.name))
      .filter((path) => !path.startsWith(join(folder, '.git/')))
      .map((path) => [path.slice(folder.length + 1), asText(path)]),
  );

const asText = (path: string): string => {
  const state = lstatSync(path);
  return state.isSymbolicLink()
    ? `→ ${readlinkSync(path)}`
    : `${(state.mode & 0o777).toString(8)} ${readFileSync(path).toString('latin1')}`;
};

it('is the bytes, modes and links of the clone', async () => {
  const { workspace, stateDir, definition, buildx } = world;
  workspace.write(files);
  chmodSync(join(workspace.root, 'run.sh'), 0o755);
  symlinkSync('a folder/with space', join(workspace.root, 'link'));
  const store = join(workspace.root, '.git/lfs/objects', sha256.slice(0, 2), sha256.slice(2, 4), sha256);
  mkdirSync(dirname(store), { recursive: true });
  writeFileSync(store, content);
  const source = workspace.commit({});
  const clone = join(stateDir, 'clone');
  execFileSync('git', ['clone', '--quiet', workspace.root, clone], { env: gitEnvironment });
  writeFileSync(join(clone, 'large.bin'), content);

  const places = { context: '.', gitDir: true, contexts: { shared: 'libs/shared' }, dockerfile: 'docker/Dockerfile' };
  const facts = { spec: testSpec({ ...places, platform, bases: {} }), source, constraints: {}, bases: {} };
  const staged = await stageLeg(facts, await readLegSources(facts), join(stateDir, 'staged'));
  const [metadataFile, dest] = [join(stateDir, 'metadata.json'), join(stateDir, 'exported')];
  const place = { builder: definition.name, staged, images: { bases: {}, contexts: {} }, metadataFile };
  const args = [...commonArguments(facts.spec, place), '--output', `type=local,dest=${dest}`, staged.context];
  await executeBuild({ command: buildxWith(buildx, args), metadataFile, leg: 'leg', emit: () => undefined });

  const image = below(join(dest, 'whole'));
  expect(image).toEqual(below(clone));
  expect(image).toMatchObject({
    'large.bin': `644 ${content}`,
    'a.bat': '644 one\r\ntwo\r\n',
    link: '→ a folder/with space',
  });
  expect(image['run.sh']).toMatch(/^755 /);
  const asks = (...args: string[]) =>
    execFileSync('git', args, { cwd: join(dest, 'whole'), env: gitEnvironment, encoding: 'utf8' }).trim();
  expect(asks('rev-parse', 'HEAD')).toBe(source.commit);
  // There is no Git LFS here that would see that the content is the pointer's.
  expect(asks('diff', '--name-only', 'HEAD')).toBe('large.bin');
  expect(below(join(dest, 'shared'))).toEqual(below(join(clone, 'libs/shared')));
});
