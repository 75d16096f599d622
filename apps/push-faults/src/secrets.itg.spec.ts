/** A canary token that the server echoes wherever it can: no spelling of it may be seen in anything we write, show or run. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  argumentsIn,
  basic,
  canary,
  echoed,
  hitsIn,
  hookThatEchoes,
  secretEnvironment,
  tracing,
  watch,
} from './canary';
import { publishInChild } from './child/publication';
import type { Action, Call } from './world/server';
import { makeTemplate, requestOf, type Template } from './world/template';
import { openWorld, type World } from './world/world';

let template: Template;
let world: World;
beforeAll(async () => {
  template = await makeTemplate();
});
afterAll(() => template.close());
beforeEach(async () => {
  world = await openWorld(template, 'http', false);
});
afterEach(() => world.close());

const page = { 'content-type': 'text/html' };

it.each<[string, Call | undefined, Action, string]>([
  ['success', undefined, {}, 'pushed'],
  ['refused by a hook', undefined, {}, 'refused'],
  ['refused, 403', 'write: refs', echoed(403, page), 'refused'],
  ['unauthorised, 401', 'read: refs', echoed(401, { 'www-authenticate': `Basic realm="${basic}"` }), 'error'],
  ['failed, 500', 'write: objects', echoed(500, page), 'failed'],
  ['a page in place of refs', 'read: refs', echoed(200, page), 'error'],
  ['plain text in place of objects', 'read: objects', echoed(200, { 'content-type': 'text/plain' }), 'error'],
  ['redirected', 'read: refs', echoed(302, { location: `/${encodeURIComponent(canary)}/info/refs` }), 'error'],
  ['timeout', 'write: objects', { silence: 'hang' }, 'failed'],
])('%s: none of five spellings of the token is seen anywhere', async (name, call, action, ending) => {
  const { seen, look } = watch(world, [join(world.folder, 'tmp')], call, action);
  if (name === 'refused by a hook') hookThatEchoes(world);
  const log = join(world.folder, 'execve.log');
  const ended = await publishInChild({
    script: template.script,
    folder: world.folder,
    config: {
      request: { ...requestOf(template, world.url, 1, 'one==2\n'), deadlineMs: 60_000 },
      ...(ending === 'failed' ? { hurry: { step: 'push', leftMs: 1500 } } : {}),
    },
    under: tracing(log),
    env: secretEnvironment(world),
    onStep: look,
  });
  look();
  const commands = argumentsIn(readFileSync(log, 'utf8'));
  expect(seen.authorised).toBe(true);
  expect(ended.outcome?.result ?? 'error').toBe(ending);
  expect(commands).toContain('ls-remote');
  expect(hitsIn([...seen.texts, ended.printed, JSON.stringify(ended), commands])).toEqual([]);
});
