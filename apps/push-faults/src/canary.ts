/** A token that must not be seen: its spellings, a world that echoes it, and where it is looked for. */
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import type { OutgoingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import { processesOf } from '@nx-ci-cache/process/src/testing/processes';
import type { Action, Call } from './world/server';
import type { World } from './world/world';

export const canary = 'cnry+7f/K9=z%q~0123456789';
export const basic = Buffer.from(`x-access-token:${canary}`).toString('base64');
export const spellings: Readonly<Record<string, string>> = {
  plain: canary,
  percent: encodeURIComponent(canary),
  base64: Buffer.from(canary).toString('base64'),
  'base64 of user and token': basic,
  hexadecimal: Buffer.from(canary).toString('hex'),
};
const echo = Object.values(spellings).join('\n');

/** The environment in which a publication may write to this world's server, and the token is a secret. */
export const secretEnvironment = (world: World): Readonly<Record<string, string>> => ({
  ...world.env,
  GITHUB_TOKEN: canary,
  GIT_CONFIG_COUNT: '1',
  GIT_CONFIG_KEY_0: `http.${new URL(world.url).origin}/.extraHeader`,
  GIT_CONFIG_VALUE_0: `Authorization: Basic ${basic}`,
});

/** An answer of the server that says the token in all spellings. */
export const echoed = (status: number, headers: OutgoingHttpHeaders = {}): Action => ({
  answer: { status, headers, body: echo },
});

export const hookThatEchoes = (world: World): void => {
  mkdirSync(join(world.remote, 'hooks'), { recursive: true });
  const lines = Object.values(spellings).map((spelling) => `echo '${spelling}' >&2`);
  writeFileSync(join(world.remote, 'hooks/pre-receive'), ['#!/bin/sh', ...lines, 'exit 1', ''].join('\n'), {
    mode: 0o755,
  });
};

/** Names of the spellings that one of the texts holds. */
export const hitsIn = (texts: readonly string[]): string[] =>
  Object.entries(spellings)
    .filter(([, spelling]) => texts.some((text) => text.includes(spelling)))
    .map(([name]) => name);

/** Names and bytes of all files. */
export const filesBelow = (folder: string): string =>
  readdirSync(folder, { withFileTypes: true })
    .map((entry) => ({ entry, path: join(folder, entry.name) }))
    .map(({ entry, path }) => unlessGone(() => (entry.isDirectory() ? filesBelow(path) : textOf(path))))
    .join('\n');

const textOf = (path: string): string => (statSync(path).isFile() ? `${path}\n${readFileSync(path, 'latin1')}` : '');

/** A publication at work removes files and folders at any time. */
const unlessGone = (read: () => string): string => {
  try {
    return read();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
};

/** Sees to it that a call meets `action`; `look` takes down what is in `folders` and which commands run now. */
export const watch = (world: World, folders: readonly string[], call: Call | undefined, action: Action) => {
  const seen = { authorised: false, texts: [] as string[] };
  const look = () =>
    void seen.texts.push(...folders.map(filesBelow), ...processesOf(world.folder).map(({ command }) => command));
  world.server.intercept = (each, { headers }) => {
    seen.authorised ||= headers.authorization === `Basic ${basic}`;
    look();
    return each === call ? action : undefined;
  };
  return { seen, look };
};

/** Runs a command with every command line of every process in `log`: complete where samples of /proc are not. */
export const tracing = (log: string): readonly string[] => [
  ...['strace', '-f', '-e', 'trace=execve', '-v', '-s', '100000', '-e', 'abbrev=none', '-o', log],
];

/** Program and arguments of each execve; the environment, which strace prints as well, is where the token belongs. */
export const argumentsIn = (log: string): string =>
  [...log.matchAll(/execve\((".*?", \[.*?\]), \[/g)].map(([, words]) => words).join('\n');
