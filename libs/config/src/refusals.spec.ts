import { messageFor, type Change } from './testing/changed';

type Fault = [name: string, change: Change, ...says: string[]];

const faults: Fault[] = [
  [
    'an unknown key',
    (c) => (c.pyhtons = ['3.11']),
    'pyhtons = ["3.11"]',
    'pythons, platforms, index',
    'perhaps pythons',
    'Remove pyhtons',
  ],
  [
    'a key that is misspelt where a needed one is missing',
    (c) => {
      c.python = c.pythons;
      delete c.pythons;
    },
    'python = ["3.11","3.13"]',
    'perhaps pythons',
    'Remove python,',
  ],
  [
    'a needed key that is missing beside a strange one',
    (c) => {
      c.zzzzzz = 1;
      delete c.pythons;
    },
    'pythons is missing',
  ],
  [
    'an unknown key of a mode',
    (c) => (c.constraints.modes.core.overides = []),
    'constraints.modes.core.overides = []',
    'perhaps overrides',
  ],
  [
    'a label that each commit would change',
    (c) => (c.images.ci.labels = { revision: '{commit}' }),
    'images.ci.labels.revision = "{commit}"',
    '"annotations" of the index may hold it',
  ],
  [
    'a compression level that only zstd has',
    (c) => (c.images.ci.compressionLevel = 12),
    'images.ci.compressionLevel = 12',
    '0 to 9 with gzip',
  ],
  [
    'times of files without a time',
    (c) => (c.images.ci.rewriteTimestamp = true),
    'images.ci.rewriteTimestamp = true',
    'sourceDateEpoch beside it',
  ],
  [
    'an attestation of no image',
    (c) => Object.assign(c.images.ci, { publish: 'cache', provenance: 'min' }),
    'images.ci.provenance = "min"',
    'no image to attest',
  ],
  [
    'branches to start from whose caches are all one',
    (c) => (c.images.ci.cacheFromBranches = ['main']),
    'images.ci.cacheFromBranches = ["main"]',
    'a cache ref with {branch}',
  ],
  [
    'a cache of others with attributes',
    (c) => (c.images.ci.cacheFrom = ['type=registry,ref=registry.example.com/cache:main']),
    'images.ci.cacheFrom[0]',
    'a registry reference',
  ],
  [
    'an unknown key inside',
    (c) => (c.push.force = true),
    'push.force = true',
    'remote, branches, gates, allowUntested',
  ],
  ['a key in place of its path', (c) => (c.images.ci.ssh = { default: '-----BEGIN' }), 'ssh.default', 'never a key'],
  ['a right nobody knows', (c) => (c.images.ci.allow = ['device']), 'allow[0] = "device"', '"network.host"'],
  ['a missing key', (c) => delete c.push.branches, 'push.branches is missing', 'constraints-… branch'],
  ['a Python that is not X.Y', (c) => (c.pythons[1] = '3.13.x'), 'pythons[1] = "3.13.x"', 'in the form X.Y'],
  ['a Python that is a number', (c) => (c.pythons[0] = 3.1), 'pythons[0] = 3.1', 'in the form X.Y'],
  [
    'a branch outside constraints-*',
    (c) => (c.push.branches[0].to = 'main'),
    'push.branches[0].to = "main"',
    'constraints-…',
  ],
  [
    'a mode name with a slash',
    (c) => (c.constraints.modes['a/b'] = { requirements: ['x'] }),
    'constraints.modes.a/b',
    'lower-case',
  ],
  [
    'a path out of the project',
    (c) => (c.images.ci.dockerfile = '../Dockerfile'),
    'images.ci.dockerfile',
    'without ..',
  ],
  [
    'a context out of the workspace',
    (c) => (c.images.ci.context = '{workspaceRoot}/../x'),
    'images.ci.context',
    'without ..',
  ],
  [
    'a folder no placeholder names',
    (c) => (c.images.ci.context = '{projectRoot}/x'),
    'images.ci.context',
    '{workspace',
  ],
  ...['constraints', 'scratch', 'Shared', 'a/b', 'a:1'].map((name): Fault => [
    `a context named ${name}`,
    (c) => (c.images.ci.contexts = { [name]: '.' }),
    `images.ci.contexts.${name}`,
    'other than "constraints"',
  ]),
  ['an unknown placeholder', (c) => (c.images.ci.cache = 'r.example.com/x:{arch}'), 'images.ci.cache', '{platform}'],
  [
    'an environment variable that is not ours',
    (c) => (c.push.remote = '{env.HOME}'),
    'push.remote',
    '{env.CI_CACHE_…}',
  ],
  [
    'two legs with one cache ref',
    (c) => (c.images.ci.cache = 'r.example.com/x:{python}'),
    'shared by: ci-3.11-linux-amd64 and ci-3.11-linux-arm64',
  ],
  [
    'two branches with one cache ref',
    (c) => c.push.branches.push({ from: 'v(\\d+)-stable', to: 'constraints-$1' }),
    'images.ci.repository',
    '{branch}',
  ],
  [
    'two images with one repository',
    (c) => (c.images.prod = { ...c.images.ci, cache: 'r.example.com/prod-{python}:{platform}' }),
    'images.prod.repository',
    'shared by: ci for Python 3.11 and prod for Python 3.11',
  ],
  ['a plain http index', (c) => (c.index = { url: 'http://index.example.com/simple' }), 'index.url', 'https'],
  [
    'an index with user info',
    (c) => (c.index = { url: 'https://me:secret@index.example.com' }),
    'index.url',
    'without user info',
  ],
  [
    'a registry with a scheme',
    (c) => (c.images.ci.repository = ' https://r.example.com/x'),
    'images.ci.repository',
    'without scheme',
  ],
  ['a platform that is none', (c) => (c.platforms = ['linux/arm']), 'platforms[0] = "linux/arm"', 'os/architecture'],
  ['a settle that leaves pages no age', (c) => (c.index = { settle: '10m' }), 'index.settle', '16m'],
  ['a platform without a node', (c) => c.builder.nodes.pop(), 'builder.nodes', 'linux/arm64, found 0'],
  [
    'a tcp endpoint',
    (c) => (c.builder.nodes[0].endpoint = 'tcp://10.0.0.1:1234'),
    'builder.nodes[0].endpoint',
    'unix:///',
  ],
  [
    'a guard that lets more than everything go',
    (c) => (c.constraints.guard = { maxShrink: 25 }),
    'constraints.guard.maxShrink = 25',
    'from 0 to 1',
  ],
  [
    'a file that may be empty',
    (c) => (c.constraints.guard = { minPins: 0 }),
    'constraints.guard.minPins = 0',
    'from 1',
  ],
  [
    'a downgrade allowed by pattern',
    (c) => (c.constraints.guard = { allowDowngrade: ['*'] }),
    'constraints.guard.allowDowngrade[0] = "*"',
    'a package name',
  ],
  [
    'one package allowed under two spellings',
    (c) => (c.constraints.guard = { allowDowngrade: ['zope.interface', 'Zope-Interface'] }),
    'constraints.guard.allowDowngrade[1] = "Zope-Interface"',
    'each package once',
  ],
  [
    'the removal of a file it generates',
    (c) => (c.push.remove = ['old.txt', 'core-3.13.txt']),
    'push.remove[1] = "core-3.13.txt"',
    'does not generate',
  ],
  [
    'the removal of a lock file',
    (c) => (c.push.remove = ['uv.lock']),
    'push.remove[0] = "uv.lock"',
    'not end with .lock',
  ],
  [
    'a source branch that is no expression',
    (c) => (c.push.branches[0].from = '('),
    'push.branches[0].from = "("',
    'regular',
  ],
  [
    'an author with an invisible character',
    (c) => (c.push.author = 'B\u200bot <a@b>'),
    'push.author',
    'Name <address>',
  ],
  ['an author without a name', (c) => (c.push.author = '  <a@b>'), 'push.author', 'Name <address>'],
  ['the removal of a path', (c) => (c.push.remove = ['a/b']), 'push.remove[0] = "a/b"', "branch's root"],
  ['a relative signing key', (c) => (c.push.signingKey = 'key'), 'push.signingKey = "key"', 'absolute path'],
  ['a key path a shell would read', (c) => (c.push.ssh = { key: '/$(id)' }), 'push.ssh.key', 'absolute path'],
  ['a title that reads otherwise than it is written', (c) => (c.push.title = 'fix \u202ex'), 'push.title', '{files}'],
  ['an unknown placeholder in the title', (c) => (c.push.title = 'x {env.HOME}'), 'push.title', '{files}'],
  ['a gate without a target', (c) => (c.push.gates = ['api']), 'push.gates[0] = "api"', 'project:target'],
];

it.each(faults)('refuses %s, naming file, key, value and allowed form', (_name, change, ...says) => {
  const message = messageFor(change);
  expect(message).toMatch(/^OptionInvalid apps\/example\/ci-cache\.json: /);
  expect(message).toContain('allowed: ');
  for (const each of says) expect(message).toContain(each);
  expect(message).not.toMatch(/secret|\^/);
});
