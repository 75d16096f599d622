/** Configuration of the user that would run commands, redirect the push or change the commit: it has no effect at all. */
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { publishInChild } from './child/publication';
import { branch, makeTemplate, requestOf, type Template } from './world/template';
import { openWorld, type World } from './world/world';

let template: Template;
let clean: string;
beforeAll(async () => {
  template = await makeTemplate();
  clean = await publishedBy({});
});
afterAll(() => template.close());

interface Poison {
  /** Lines of configuration, put into the user's file and into the checkout's. `RUN` is a command that leaves a mark. */
  readonly config?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Files in the user's home, executable. */
  readonly home?: Readonly<Record<string, string>>;
}

const elsewhere = 'ELSEWHERE';
const poisons: Readonly<Record<string, Poison>> = {
  'hooks of the user': { config: '[core]\n\thooksPath = HOME/hooks', home: { 'hooks/pre-push': '#!/bin/sh\nRUN' } },
  'a file system monitor': { config: '[core]\n\tfsmonitor = RUN' },
  'an ssh command': { config: '[core]\n\tsshCommand = RUN', env: { GIT_SSH_COMMAND: 'RUN', GIT_SSH: 'RUN' } },
  'a proxy command': { config: '[core]\n\tgitProxy = RUN', env: { GIT_PROXY_COMMAND: 'RUN' } },
  'a credential helper': { config: '[credential]\n\thelper = "!RUN"' },
  'a push to another place': { config: `[url "${elsewhere}"]\n\tpushInsteadOf = REMOTE` },
  'another place altogether': { config: `[url "${elsewhere}"]\n\tinsteadOf = REMOTE` },
  'other protocols': { config: '[protocol]\n\tallow = always\n[protocol "ext"]\n\tallow = always' },
  'a template with hooks': {
    config: '[init]\n\ttemplateDir = HOME/template\n\tdefaultBranch = poisoned',
    home: { 'template/hooks/reference-transaction': '#!/bin/sh\nRUN' },
  },
  'filters on content': {
    config:
      '[core]\n\tattributesFile = HOME/attributes\n\tautocrlf = true\n[filter "p"]\n\tclean = RUN\n\tsmudge = RUN',
    home: { attributes: '* filter=p text eol=crlf' },
  },
  'signing by a program': {
    config: '[commit]\n\tgpgSign = true\n[tag]\n\tgpgSign = true\n[push]\n\tgpgSign = true\n[gpg]\n\tprogram = RUN',
  },
  'another identity': {
    config: '[user]\n\tname = Mallory\n\temail = mallory@example.com',
    env: { GIT_AUTHOR_NAME: 'Mallory', GIT_COMMITTER_EMAIL: 'mallory@example.com', EMAIL: 'mallory@example.com' },
  },
  'another repository': { env: { GIT_DIR: 'HOME/other', GIT_WORK_TREE: 'HOME', GIT_INDEX_FILE: 'HOME/index' } },
  'other objects': { env: { GIT_OBJECT_DIRECTORY: 'HOME/objects', GIT_ALTERNATE_OBJECT_DIRECTORIES: 'HOME/more' } },
  'another git': { env: { GIT_EXEC_PATH: 'HOME/exec' }, home: { 'exec/git-receive-pack': '#!/bin/sh\nRUN' } },
  'an editor and a pager': {
    config: '[core]\n\teditor = RUN\n\tpager = RUN\n[pager]\n\tls-remote = RUN',
    env: { GIT_EDITOR: 'RUN', GIT_PAGER: 'RUN', PAGER: 'RUN' },
  },
  aliases: { config: '[alias]\n\tpush = "!RUN"\n\tls-remote = "!RUN"\n\tcommit-tree = "!RUN"' },
  'a server program': {
    config: '[remote "target"]\n\treceivepack = RUN\n\tuploadpack = RUN\n\tproxy = http://127.0.0.1:9',
  },
  'configuration by environment': {
    env: { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'core.sshCommand', GIT_CONFIG_VALUE_0: 'RUN' },
  },
  'configuration by parameters': { env: { GIT_CONFIG_PARAMETERS: "'credential.helper'='!RUN'" } },
  'another configuration': {
    env: { GIT_CONFIG_GLOBAL: 'HOME/evil', GIT_CONFIG_SYSTEM: 'HOME/evil', XDG_CONFIG_HOME: 'HOME' },
    home: {
      evil: `[url "${elsewhere}"]\n\tinsteadOf = REMOTE\n[core]\n\tpager = RUN`,
      'git/config': '[core]\n\tfsmonitor = RUN',
    },
  },
  'traces into files': {
    env: { GIT_TRACE: 'MARK', GIT_TRACE2: 'MARK', GIT_TRACE_PACKET: 'MARK', GIT_CURL_VERBOSE: '1' },
  },
  'pushes of more than was asked': {
    config: '[push]\n\tdefault = matching\n\tfollowTags = true\n[remote "target"]\n\tmirror = true',
  },
  'a question for a password': {
    config: '[core]\n\taskPass = RUN',
    env: { SSH_ASKPASS: 'RUN', SSH_ASKPASS_REQUIRE: 'force' },
  },
  'replaced objects and grafts': {
    env: { GIT_REPLACE_REF_BASE: 'refs/evil', GIT_GRAFT_FILE: 'HOME/grafts', GIT_SHALLOW_FILE: 'HOME/x' },
  },
};

it.each(Object.entries(poisons))('%s', async (_name, poison) => {
  expect(await publishedBy(poison)).toBe(clean);
});

/** What a publication in a poisoned world leaves on the remote: refs, tree, identity and message. */
const publishedBy = async (poison: Poison): Promise<string> => {
  const world = await openWorld(template, 'file', false);
  try {
    const mark = join(world.folder, 'poisoned');
    const checkout = join(world.folder, 'checkout');
    cpSync(template.checkout, checkout, { recursive: true });
    const env = spread(world, checkout, mark, poison);
    const request = { ...requestOf({ ...template, checkout }, world.url, 1, 'one==2\n'), deadlineMs: 15_000 };
    const { script } = template;
    const { outcome, error } = await publishInChild({ script, folder: world.folder, config: { request }, env });
    expect({ result: outcome?.result, error }).toEqual({ result: 'pushed' });
    expect(existsSync(mark)).toBe(false);
    expect(existsSync(join(world.folder, 'elsewhere.git/refs/heads', branch))).toBe(false);
    const commit = world.onRemote('log', '-1', '--format=%T %P %an %ae %cn %ce %GK%n%B', branch);
    return `${world.onRemote('for-each-ref', '--format=%(refname)')}\n${commit}`;
  } finally {
    await world.close();
  }
};

const spread = (world: World, checkout: string, mark: string, { config = '', env = {}, home = {} }: Poison) => {
  const folder = join(world.folder, 'home');
  const run = join(folder, 'run');
  const filled = (text: string): string =>
    text
      .replaceAll('RUN', run)
      .replaceAll('HOME', folder)
      .replaceAll('MARK', mark)
      .replaceAll('REMOTE', world.url)
      .replaceAll(elsewhere, `file://${world.folder}/elsewhere.git`);
  cpSync(template.remote, join(world.folder, 'elsewhere.git'), { recursive: true });
  rmSync(join(world.folder, 'elsewhere.git/refs/heads', branch), { force: true });
  for (const [name, text] of Object.entries({ run: `#!/bin/sh\n: >'${mark}'`, '.gitconfig': config, ...home })) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), `${filled(text)}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  const own = join(checkout, '.git/config');
  writeFileSync(own, `${readFileSync(own, 'utf8')}\n${filled(config)}\n`);
  return { ...world.env, ...Object.fromEntries(Object.entries(env).map(([name, text]) => [name, filled(text)])) };
};
