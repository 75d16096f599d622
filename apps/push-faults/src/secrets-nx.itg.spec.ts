/** The canary token through the packed plugin: nx, its caches, its records and its processes do not show it either. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Workspace } from '@nx-ci-cache/e2e/src/support/workspace';
import {
  argumentsIn,
  basic,
  echoed,
  filesBelow,
  hitsIn,
  hookThatEchoes,
  secretEnvironment,
  tracing,
  watch,
} from './canary';
import { publishWithNx } from './nx/publication';
import type { Action, Call } from './world/server';
import { makeTemplate, type Template } from './world/template';
import { openWorld, type World } from './world/world';

let template: Template;
let world: World;
let workspace: Workspace;
beforeAll(async () => {
  template = await makeTemplate();
  await template.nx();
});
afterAll(() => template.close());
beforeEach(async () => {
  world = await openWorld(template, 'http', false);
  workspace = await (await template.nx()).checkout();
});
afterEach(() => world.close());

/** Everything of ours that stays on the machine: `nx-cache` and `nx-data` are what `.nx` is without a test. */
const folders = (): string[] => [
  join(world.folder, 'tmp'),
  ...['dist', '.nx'].map((name) => join(workspace.folder, name)),
  ...['nx-cache', 'nx-data'].map((name) => join(dirname(workspace.folder), name)),
];

const page = { 'content-type': 'text/html' };

it.each<[string, Call | undefined, Action, string]>([
  ['success', undefined, {}, 'pushed: constraints-main'],
  ['refused by a hook', undefined, {}, 'PushRefused'],
  ['refused, 403', 'write: refs', echoed(403, page), 'PushRefused'],
  ['unauthorised, 401', 'read: refs', echoed(401, { 'www-authenticate': `Basic realm="${basic}"` }), 'CommandFailed'],
])('%s: none of five spellings of the token is seen anywhere', async (name, call, action, said) => {
  const { env } = await template.nx();
  const { seen, look } = watch(world, [join(world.folder, 'tmp')], call, action);
  if (name === 'refused by a hook') hookThatEchoes(world);
  const log = join(world.folder, 'execve.log');
  const secret = { ...world, env: secretEnvironment(world) };
  const ended = await publishWithNx({ workspace, world: secret, env, under: tracing(log) });
  look();
  const left = folders().filter(existsSync).map(filesBelow);
  const commands = argumentsIn(readFileSync(log, 'utf8'));
  expect(seen.authorised).toBe(true);
  expect(ended.printed).toContain(said);
  expect(commands).toContain('ls-remote');
  // What nx keeps of a task's output is among what is searched.
  expect(left.some((text) => text.includes(said))).toBe(true);
  expect(hitsIn([...seen.texts, ...left, ended.printed, JSON.stringify(ended), commands])).toEqual([]);
});
