/** The stack's pure parts as tables: words, configuration text, argv, environment lines, sources, mounts. */
import { parseArgv } from './argv';
import { debianMirrorIn } from './base/apt-sources';
import { imageOf, indexOf } from './base/image';
import { baseRecipes, recipeKey } from './base/recipe';
import { rootCommand } from './base/root';
import { downloadArgs } from './base/uv-binary';
import { environmentOf, exportLines } from './env';
import { UsageError } from './errors';
import { layoutOf, stateFolder } from './layout';
import { nodeConfig } from './parts/node';
import { registryConfig } from './parts/registry';
import { remoteArgv } from './parts/remote';
import { mountsBelow } from './process/mounts';
import { isRootedIn } from './process/orphans';
import { parseStat } from './process/stat';
import { statusLines } from './status';

describe('argv', () => {
  it.each([
    [['up'], { verb: 'up' }],
    [['down'], { verb: 'down', purge: false }],
    [['down', '--purge'], { verb: 'down', purge: true }],
    [['status'], { verb: 'status' }],
    [['env'], { verb: 'env' }],
  ])('%j is understood', (words, command) => expect(parseArgv(words)).toEqual(command));

  it.each([
    [[], 'A command is missing'],
    [['start'], "Unknown command 'start'"],
    [['up', '--purge'], "Unknown argument '--purge': `up` takes no argument"],
    [['down', 'now'], "Unknown argument 'now': `down` takes only --purge"],
  ])('%j is refused with the allowed words', (words, message) => {
    expect(() => parseArgv(words)).toThrow(UsageError);
    expect(() => parseArgv(words)).toThrow(message);
    expect(() => parseArgv(words)).toThrow('tools/stack up | down [--purge] | status | env');
  });
});

describe('layout', () => {
  it('keeps sockets short however long the state folder is', () => {
    const layout = layoutOf(`/${'long/'.repeat(60)}stack`);
    expect(layout.socket('arm64').length).toBeLessThan(107);
  });

  it('gives each folder sockets of its own, the same ones every time', () => {
    expect(layoutOf('/a').sockets).toBe(layoutOf('/a/').sockets);
    expect(layoutOf('/a').sockets).not.toBe(layoutOf('/b').sockets);
  });

  it('lets TESTBED_STACK name the folder', () => {
    expect(stateFolder({ TESTBED_STACK: '/elsewhere' })).toBe('/elsewhere');
    expect(stateFolder({ TESTBED_STACK: '' })).toMatch(/\/\.stack$/);
  });
});

describe('configuration', () => {
  it('binds the registry to loopback, with deletion and without a debug port', () => {
    const config = JSON.parse(registryConfig({ port: 5001, secret: 's', data: '/d' }));
    expect(config.http).toEqual({ addr: '127.0.0.1:5001', secret: 's' });
    expect(config.storage).toEqual({ filesystem: { rootdirectory: '/d' }, delete: { enabled: true } });
  });

  it('gives a node one platform, its own folder and only unix sockets', () => {
    const config = nodeConfig({ root: '/r', socket: '/s/a.sock', otelSocket: '/s/o.sock', platform: 'linux/arm64' });
    expect(config).toContain('root = "/r"');
    expect(config).toContain('address = ["unix:///s/a.sock"]');
    expect(config).toContain('socketPath = "/s/o.sock"');
    expect(config).toContain('platforms = ["linux/arm64"]');
    expect(config).not.toContain('tcp:');
  });

  it('makes the remote bare, on main, and lets it serve partial clones of any commit', () => {
    const argv = remoteArgv('/r.git').map((args) => args.join(' '));
    expect(argv[0]).toBe('init --quiet --bare --initial-branch=main --template= /r.git');
    expect(argv).toContain('--git-dir /r.git config uploadpack.allowFilter true');
    expect(argv).toContain('--git-dir /r.git config uploadpack.allowAnySHA1InWant true');
    expect(argv).toContain('--git-dir /r.git config receive.denyNonFastForwards false');
  });
});

describe('environment', () => {
  const state = { registryPort: 5001, registrySecret: 's', tools: '/t', daemons: {} };

  it('names everything a consumer needs', () => {
    const layout = layoutOf('/stack');
    expect(environmentOf(layout, state)).toEqual({
      CI_CACHE_REGISTRY: '127.0.0.1:5001',
      CI_CACHE_REMOTE: 'file:///stack/remote.git',
      CI_CACHE_BUILDKIT_AMD64: `unix://${layout.sockets}/amd64.sock`,
      CI_CACHE_BUILDKIT_ARM64: `unix://${layout.sockets}/arm64.sock`,
      CI_CACHE_BUILDX: '/t/bin/buildx',
      CI_CACHE_UV: '/t/uv/bin/uv',
      BUILDX_CONFIG: '/stack/buildx',
      CI_CACHE_ANSWER: 'yes',
    });
  });

  it.each([
    ['plain', "export A='plain'\n"],
    ['two words', "export A='two words'\n"],
    ["it's $(id)", "export A='it'\\''s $(id)'\n"],
  ])('quotes %s for a shell', (value, line) => expect(exportLines({ A: value })).toBe(line));

  it('shows one line per part', () => {
    const lines = statusLines([
      { part: 'registry', up: true, where: 'here', pid: 7 },
      { part: 'bases', up: false, where: '' },
    ]);
    expect(lines).toBe('registry  up    here (pid 7)\nbases     down\n');
  });
});

describe('apt sources', () => {
  const host = 'http://mirror.example';
  it.each([
    ['one line', `deb ${host}/debian bookworm main`],
    ['one line with options', `# a comment\ndeb [arch=amd64 signed-by=/k.gpg] ${host}/debian bookworm main contrib`],
    ['deb822', `Types: deb\n# a snapshot\nURIs: ${host}/debian\nSuites: bookworm bookworm-updates\nComponents: main\n`],
    ['deb822, folded', `Types: deb\nURIs:\n ${host}/debian\nSuites: trixie\nComponents: main\n`],
    [
      'the archive among others',
      `Types: deb\nURIs: ${host}/debian-security\nSuites: bookworm-security\nComponents: main\n\nTypes: deb deb-src\nURIs: ${host}/debian\nSuites: sid\nComponents: main`,
    ],
  ])('finds the archive: %s', (_case, text) => expect(debianMirrorIn([text])).toBe(`${host}/debian`));

  it.each([
    ['nothing', ''],
    ['a source archive', `deb-src ${host}/debian bookworm main`],
    ['a comment', `# deb ${host}/debian bookworm main`],
    ['a disabled stanza', `Types: deb\nEnabled: no\nURIs: ${host}/debian\nSuites: bookworm\nComponents: main`],
    ['security updates only', `deb ${host}/debian-security bookworm-security main`],
    ['Ubuntu', `Types: deb\nURIs: ${host}/ubuntu\nSuites: noble\nComponents: main universe`],
    ['a vendor using a Debian suite', `deb ${host}/vendor bookworm main`],
  ])('does not take %s for it', (_case, text) => expect(debianMirrorIn([text])).toBeUndefined());
});

describe('base images', () => {
  const recipe = { python: '3.13', suite: 'trixie', uv: '1.2.3' };

  it('are one per Python, each of the suite that has it', () => {
    expect(baseRecipes('1.2.3').map(({ python, suite }) => [python, suite])).toEqual([
      ['3.11', 'bookworm'],
      ['3.13', 'trixie'],
    ]);
  });

  it('get a new cache folder when anything of the recipe changes', () => {
    expect(recipeKey(recipe)).toBe(recipeKey({ ...recipe }));
    expect(recipeKey(recipe)).not.toBe(recipeKey({ ...recipe, uv: '1.2.4' }));
  });

  it.each([
    [true, '-cf "$CI_CACHE_COMPILED"'],
    [false, '-xf "$CI_CACHE_COMPILED"'],
  ])('with native=%s the compiled files are written or read', (native, hook) => {
    const plan = {
      recipe,
      node: 'arm64',
      mirror: 'M',
      uv: '/it is/uv',
      compiled: '/c.tar',
      native,
      tar: '/r.tar',
    } as const;
    const { args, env } = rootCommand(plan);
    expect(args.slice(-3)).toEqual(['trixie', '/r.tar', 'M']);
    expect(args).toContain('--arch=arm64');
    expect(args.some((arg) => arg.endsWith(hook))).toBe(true);
    expect(args.join(' ')).not.toContain('/it is/uv');
    expect(env).toMatchObject({ CI_CACHE_UV_BINARY: '/it is/uv', CI_CACHE_COMPILED: '/c.tar' });
  });

  it('take uv from the wheel of their platform', () => {
    expect(downloadArgs('1.2.3', 'arm64', '/f')).toEqual(
      expect.arrayContaining(['manylinux_2_17_aarch64', 'uv==1.2.3']),
    );
  });

  it('have digests that follow from the layers alone', () => {
    const layer = { digest: 'sha256:aa', diffId: 'sha256:bb', size: 3 };
    const image = () =>
      indexOf([imageOf('amd64', layer).manifest.descriptor, imageOf('arm64', layer).manifest.descriptor]);
    expect(image()).toEqual(image());
    const { manifests } = JSON.parse(image().text);
    expect(manifests.map((each: { platform: unknown }) => each.platform)).toEqual([
      { os: 'linux', architecture: 'amd64' },
      { os: 'linux', architecture: 'arm64' },
    ]);
  });
});

describe('processes', () => {
  it.each([
    ['12 (sh) S 1 12', { state: 'S', parent: 1, threads: 3, startTicks: '777' }],
    ['12 (a) b (c)) R 34 12', { state: 'R', parent: 34, threads: 3, startTicks: '777' }],
  ])('%s… is read past any name', (head, stat) => {
    expect(parseStat(`${head} ${'0 '.repeat(14)}3 0 777 0 0\n`)).toEqual(stat);
  });

  it.each([
    ['/s/arm64/data', true],
    ['/s/amd64/data', false],
    ['/s/arm64/dat', false],
  ])('knows a build step by the layers of its root: below %s %s', (folder, expected) => {
    const root = '9 8 0:1 / / rw - overlay overlay rw,lowerdir=/s/arm64/data/1/fs:/x,upperdir=/s/arm64/data/2/fs';
    const seenFromOutside = '9 8 0:1 / /s/amd64/data/rootfs rw - overlay overlay rw,lowerdir=/s/amd64/data/1/fs';
    expect(isRootedIn(`${root}\n${seenFromOutside}\n`, folder)).toBe(expected);
  });

  it('lists mounts of the folder only, innermost first', () => {
    const line = (point: string) => `36 35 98:0 / ${point} rw - ext4 /dev/a rw`;
    const text = ['/s', '/s/a', '/s/a/b\\040c', '/sibling'].map(line).join('\n');
    expect(mountsBelow(text, '/s')).toEqual(['/s/a/b c', '/s/a', '/s']);
  });
});
