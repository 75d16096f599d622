/** One test's own workspace: a copy of the template with a small real project, its own git remote, cache and image names. */
import type { ChildProcess } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { cutoffAt } from '@nx-ci-cache/constraints';
import { stackEnv } from '@nx-ci-cache/testbed';
import { begin, execute, type Execution } from './execute';
import { git } from './git';
import { smallProject } from './project';

/** One for all runs of a test file: the default moves once a day, and a run before it and one after see other facts. */
const cutoff = cutoffAt(new Date(), { settleSeconds: 3600, windowSeconds: 86_400 });

type Env = Readonly<Record<string, string | undefined>>;

export class Workspace {
  private constructor(
    readonly folder: string,
    readonly remote: string,
    /** Name under which this workspace's images are in the registry. */
    readonly images: string,
    private readonly base: Env,
  ) {}

  /** @param template workspace to take the installed packages from. */
  static async create(stack = e2eStack(), template = e2eTemplate()): Promise<Workspace> {
    const home = mkdtempSync(join(e2eFolder(), 'w-'));
    const remote = join(home, 'remote.git');
    await git(home, 'init', '--quiet', '--bare', '--initial-branch=main', remote);
    await git(remote, 'config', 'uploadpack.allowFilter', 'true');
    const images = basename(home)
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '');
    const workspace = Workspace.at(join(home, 'workspace'), remote, images, stack);
    mkdirSync(workspace.folder);
    workspace.write(smallProject(images));
    workspace.link(template);
    await workspace.git('init', '--quiet', '--initial-branch=main');
    await workspace.commit('first');
    return workspace;
  }

  private static at(folder: string, remote: string, images: string, stack: string): Workspace {
    const home = dirname(folder);
    return new Workspace(folder, remote, images, {
      ...stackEnv(stack),
      CI_CACHE_REMOTE: `file://${remote}`,
      CI_CACHE_CUTOFF: cutoff,
      NX_CACHE_DIRECTORY: join(home, 'nx-cache'),
      NX_WORKSPACE_DATA_DIRECTORY: join(home, 'nx-data'),
      NO_COLOR: '1',
      NX_DAEMON: 'false',
      NX_TUI: 'false',
      NX_NO_CLOUD: 'true',
    });
  }

  /** Another checkout of the same commit: other folder, other home, other Nx cache; only git and registry are shared. */
  async checkoutElsewhere(stack = e2eStack()): Promise<Workspace> {
    const home = mkdtempSync(join(e2eFolder(), 'other-'));
    const other = Workspace.at(join(home, 'elsewhere'), this.remote, this.images, stack);
    await git(home, 'clone', '--quiet', this.folder, other.folder);
    other.link(e2eTemplate());
    return new Workspace(other.folder, this.remote, this.images, {
      ...other.base,
      HOME: home,
      XDG_CACHE_HOME: undefined,
    });
  }

  /** Of what the stack says only what a configuration here reads: a variable that nothing reads is refused. */
  private environment(extra: Env): Env {
    const texts = readdirSync(this.folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => ['ci-cache.json', 'project.json'].includes(basename(path)))
      .map((path) => this.read(path));
    const unread = ['REGISTRY', 'REMOTE', 'BUILDKIT_AMD64', 'BUILDKIT_ARM64']
      .map((name) => `CI_CACHE_${name}`)
      .filter((name) => !texts.some((text) => text.includes(`{env.${name}}`)));
    return { ...this.base, ...Object.fromEntries(unread.map((name) => [name, undefined])), ...extra };
  }

  nx(args: readonly string[], env: Env = {}): Promise<Execution> {
    return execute(join(this.folder, 'node_modules/.bin/nx'), args, {
      cwd: this.folder,
      env: this.environment(env),
      mayFail: true,
    });
  }

  /** Like `nx`, but in a process group of its own, for who ends it before it is done. */
  beginNx(args: readonly string[], env: Env = {}): ChildProcess {
    return begin(join(this.folder, 'node_modules/.bin/nx'), args, { cwd: this.folder, env: this.environment(env) });
  }

  run(target: string, env: Env = {}): Promise<Execution> {
    return this.nx(['run', `app:${target}`], env);
  }

  /** Runs a line of a CI workflow as a CI shell would. */
  shell(line: string, env: Env = {}): Promise<Execution> {
    return execute('bash', ['-euo', 'pipefail', '-c', line], {
      cwd: this.folder,
      env: this.environment(env),
      mayFail: true,
    });
  }

  git(...args: string[]): Promise<string> {
    return git(this.folder, ...args);
  }

  async commit(title: string): Promise<void> {
    await this.git('add', '--all');
    await this.git('commit', '--quiet', '--message', title);
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.folder, path)), { recursive: true });
      writeFileSync(join(this.folder, path), text);
    }
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), 'utf8');
  }

  record<Record>(path: string): Record {
    return JSON.parse(this.read(`dist/app/${path}`)) as Record;
  }

  /** What a branch of the remote holds. */
  published(...args: string[]): Promise<string> {
    return git(this.remote, ...args);
  }

  /** Object id of the constraints branch, or an empty text. */
  tip(): Promise<string> {
    return git(this.remote, 'for-each-ref', '--format=%(objectname)', 'refs/heads/constraints-main');
  }

  private link(template: string): void {
    for (const file of ['package.json', 'package-lock.json', 'nx.json', '.gitignore', '.npmrc']) {
      cpSync(join(template, file), join(this.folder, file));
    }
    symlinkSync(join(template, 'node_modules'), join(this.folder, 'node_modules'));
  }
}

export const e2eFolder = (): string => {
  const folder = process.env['E2E_FOLDER'];
  if (folder === undefined) throw new Error('global-setup did not run');
  return folder;
};

const e2eTemplate = (): string => join(e2eFolder(), 'template');

export const e2eStack = (): string => join(e2eFolder(), 'stack');
