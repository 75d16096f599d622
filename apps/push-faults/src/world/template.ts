/** What every world starts from, made once and copied: sources with a history, and a branch that two writers share. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { permissionOf } from '@nx-ci-cache/records';
import { publishFiles, type PublishRequest } from '@nx-ci-cache/branch';
import { bundleChild } from '../child/bundle';
import { makeNxTemplate, type NxTemplate } from './nx-template';
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
  /** The packed plugin in a workspace; made when it is first asked for, because that takes npm a while. */
  readonly nx: () => Promise<NxTemplate>;
  readonly close: () => Promise<void>;
}

export const makeTemplate = async (): Promise<Template> => {
  const folder = mkdtempSync(join(tmpdir(), 'fault-template-'));
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
  let made: Promise<NxTemplate> | undefined;
  const template: Template = {
    folder,
    remote,
    fresh,
    checkout,
    sources,
    script: bundleChild(folder),
    nx: () => (made ??= makeNxTemplate(join(folder, 'nx'), checkout)),
    close: async () => {
      await made?.then(({ close }) => close()).catch(() => undefined);
      rmSync(folder, { recursive: true, force: true });
    },
  };
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
  permission: permissionOf({}).constraints,
});
