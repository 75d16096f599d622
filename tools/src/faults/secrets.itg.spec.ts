/** A canary token that the server echoes wherever it can: no spelling of it may be seen in anything we write, show or run. */
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { publishInChild } from './child/publication';
import { processesOf } from './world/processes';
import type { Action, Call } from './world/server';
import { makeTemplate, requestOf, type Template } from './world/template';
import { openWorld, type World } from './world/world';

const canary = 'cnry+7f/K9=z%q~0123456789';
const basic = Buffer.from(`x-access-token:${canary}`).toString('base64');
const spellings: Readonly<Record<string, string>> = {
  plain: canary,
  percent: encodeURIComponent(canary),
  base64: Buffer.from(canary).toString('base64'),
  'base64 of user and token': basic,
  hexadecimal: Buffer.from(canary).toString('hex'),
};
const echo = Object.values(spellings).join('\n');

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

const hitsIn = (text: string): string[] =>
  Object.entries(spellings)
    .filter(([, spelling]) => text.includes(spelling))
    .map(([name]) => name);

const filesBelow = (folder: string): string =>
  (readdirSync(folder, { recursive: true }) as string[])
    .map((name) => join(folder, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile())
    .map((path) => `${path}\n${readFileSync(path, 'latin1')}`)
    .join('\n');

const answers = (status: number, headers = {}): Action => ({ answer: { status, headers, body: echo } });
const page = { 'content-type': 'text/html' };

it.each<[string, Call | undefined, Action, string]>([
  ['success', undefined, {}, 'pushed'],
  ['refused by a hook', undefined, {}, 'refused'],
  ['refused, 403', 'write: refs', answers(403, page), 'refused'],
  ['unauthorised, 401', 'read: refs', answers(401, { 'www-authenticate': `Basic realm="${basic}"` }), 'error'],
  ['failed, 500', 'write: objects', answers(500, page), 'failed'],
  ['a page in place of refs', 'read: refs', answers(200, page), 'error'],
  ['plain text in place of objects', 'read: objects', answers(200, { 'content-type': 'text/plain' }), 'error'],
  ['redirected', 'read: refs', answers(302, { location: `/${encodeURIComponent(canary)}/info/refs` }), 'error'],
  ['timeout', 'write: objects', { silence: 'hang' }, 'failed'],
])('%s: none of five spellings of the token is seen anywhere', async (name, call, action, ending) => {
  const seen: string[] = [];
  let authorised = false;
  world.server.intercept = (each, { headers }) => {
    authorised ||= headers.authorization === `Basic ${basic}`;
    return each === call ? action : undefined;
  };
  if (name === 'refused by a hook') hookThatEchoes();
  const log = join(world.folder, 'execve.log');
  const ended = await publishInChild({
    script: template.script,
    folder: world.folder,
    config: { request: { ...requestOf(template, world.url, 1, 'one==2\n'), deadlineMs: 3000 } },
    // Complete where samples of /proc are not: every command line of every process.
    under: ['strace', '-f', '-e', 'trace=execve', '-v', '-s', '100000', '-e', 'abbrev=none', '-o', log],
    env: {
      ...world.env,
      GITHUB_TOKEN: canary,
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: `http.${new URL(world.url).origin}/.extraHeader`,
      GIT_CONFIG_VALUE_0: `Authorization: Basic ${basic}`,
    },
    onStep: () => void seen.push(filesBelow(join(world.folder, 'tmp')), ...commandLines()),
  });
  const commands = argumentsIn(readFileSync(log, 'utf8'));
  seen.push(ended.printed, JSON.stringify(ended), filesBelow(join(world.folder, 'tmp')), commands);
  expect(authorised).toBe(true);
  expect(ended.outcome?.result ?? 'error').toBe(ending);
  expect(commands).toContain('ls-remote');
  expect(seen.flatMap(hitsIn)).toEqual([]);
});

const commandLines = (): string[] => processesOf(world.folder).map(({ command }) => command);

/** Program and arguments of each execve; the environment, which strace prints as well, is where the token belongs. */
const argumentsIn = (log: string): string =>
  [...log.matchAll(/execve\((".*?", \[.*?\]), \[/g)].map(([, words]) => words).join('\n');

const hookThatEchoes = (): void => {
  mkdirSync(join(world.remote, 'hooks'), { recursive: true });
  const lines = Object.values(spellings).map((spelling) => `echo '${spelling}' >&2`);
  writeFileSync(join(world.remote, 'hooks/pre-receive'), ['#!/bin/sh', ...lines, 'exit 1', ''].join('\n'), {
    mode: 0o755,
  });
};
