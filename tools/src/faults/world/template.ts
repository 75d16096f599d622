/** What every world starts from, made once and copied: sources with a history, and a branch that two writers share. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { publishFiles, type PublishRequest } from '@nx-ci-cache/publish';
import { bundleChild } from '../child/bundle';
import { git } from './git';

export const branch = 'constraints-main';
export const file = 'a-3.11.txt';

export interface Template {
  readonly folder: string;
  readonly remote: string;
  /** A remote that has the sources and no constraints branch yet. */
  readonly fresh: string;
  readonly checkout: string;
  /** Source commits, oldest first. */
  readonly sources: readonly string[];
  /** The bundled publication. */
  readonly script: string;
}

export const makeTemplate = async (folder: string): Promise<Template> => {
  const [remote, fresh, checkout] = ['remote.git', 'fresh.git', 'checkout'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  for (const bare of [remote, fresh]) makeRemote(folder, bare);
  git(folder, 'init', '-q', '-b', 'main', checkout);
  const sources = ['one', 'two', 'three'].map((subject) => {
    git(checkout, 'commit', '-q', '--allow-empty', '-m', subject);
    return git(checkout, 'rev-parse', 'HEAD');
  });
  for (const bare of [remote, fresh]) git(checkout, 'push', '-q', bare, 'main');
  const template = { folder, remote, fresh, checkout, sources, script: bundleChild(folder) };
  await publishFiles(requestOf(template, remote, 0, 'one==1.0\ntwo==1.0\n'));
  git(folder, 'clone', '-q', '--branch', branch, remote, 'other');
  const other = join(folder, 'other');
  writeFileSync(join(other, 'README.md'), 'Made by a bot.\n');
  git(other, 'add', '.');
  git(other, 'commit', '-q', '-m', 'Say who writes here');
  git(other, 'push', '-q', 'origin', branch);
  return template;
};

const makeRemote = (folder: string, bare: string): void => {
  mkdirSync(bare);
  git(folder, 'init', '-q', '--bare', '-b', 'main', bare);
  const settings = { 'uploadpack.allowFilter': 'true', 'http.receivepack': 'true', 'receive.autogc': 'false' };
  for (const [key, value] of Object.entries(settings)) git(bare, 'config', key, value);
};

/** A publication of `text` from one of the template's sources. */
export const requestOf = (
  { checkout, sources }: Pick<Template, 'checkout' | 'sources'>,
  remote: string,
  source: number,
  text: string,
): PublishRequest => ({
  remote,
  branch,
  files: { [file]: text },
  message: 'Update constraints\n\nGates: api:test',
  author: { name: 'Constraints Bot', email: 'bot@example.com' },
  source: { commit: sources[source] ?? '', cutoff: '2026-05-01T00:00:00Z' },
  workspaceRoot: checkout,
});
