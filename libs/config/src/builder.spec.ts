import { messageFor, parse, type Change } from './testing/changed';

const tls = { ca: '/c/ca.pem', cert: '/c/cert.pem', key: '/c/key.pem' };
const secondNode =
  (node: object): Change =>
  (c) =>
    (c.builder.nodes[1] = { platforms: ['linux/arm64'], ...node });

it.each<[string, Change]>([
  ['tcp with certificates', secondNode({ endpoint: 'tcp://arm.example.com:1234', ...tls })],
  [
    'their paths from the environment',
    secondNode({ endpoint: '{env.CI_CACHE_ARM}', ...tls, key: '{env.CI_CACHE_KEY}' }),
  ],
  ['tcp to this machine itself', secondNode({ endpoint: 'tcp://127.0.0.1:1', allowInsecureLoopback: true })],
  ['IPv6 to this machine itself', secondNode({ endpoint: 'tcp://[::1]:1', allowInsecureLoopback: true })],
  ['a Docker context', secondNode({ endpoint: 'arm-builder' })],
  ['a container that is there', secondNode({ endpoint: 'docker-container://buildkit' })],
  ['a node for several builds at once', secondNode({ jobs: 4 })],
  ['options of a driver', secondNode({ driverOptions: { 'requests.cpu': '2', nodeselector: 'a=b,c=d' } })],
  [
    'another driver',
    (c) => (c.builder = { driver: 'kubernetes', nodes: [{ platforms: ['linux/amd64', 'linux/arm64'] }] }),
  ],
])('takes %s', (_name, change) => {
  expect(() => parse(change)).not.toThrow();
});

it.each<[string, Change, ...string[]]>([
  ['plain tcp', secondNode({ endpoint: 'tcp://10.0.0.1:1' }), 'builder.nodes[1].endpoint', 'ca, cert and key'],
  [
    'plain tcp to elsewhere, whatever is allowed here',
    secondNode({ endpoint: 'tcp://127.0.0.1.example.com:1', allowInsecureLoopback: true }),
    'builder.nodes[1].endpoint',
  ],
  ['plain tcp to here that nobody allowed', secondNode({ endpoint: 'tcp://localhost:1' }), 'allowInsecureLoopback'],
  [
    'an emulator that may not be used',
    (c) => Object.assign(c.builder, { emulation: 'install', requireNative: true }),
    'builder.emulation',
    'requireNative refuses',
  ],
  ['half a certificate', secondNode({ endpoint: 'tcp://a:1', ca: '/c', cert: '/d' }), 'ca, cert and key together'],
  ['certificates for ssh', secondNode({ endpoint: 'ssh://a', ...tls }), 'tcp://host:port, which alone uses'],
  ['certificates in the endpoint', secondNode({ endpoint: 'tcp://a:1?cacert=/c' }), 'builder.nodes[1].endpoint'],
  [
    'certificates as options',
    secondNode({ driverOptions: { cacert: '/c' } }),
    'driverOptions.cacert',
    'write ca, cert',
  ],
  [
    'a relative path of a key',
    secondNode({ endpoint: 'tcp://a:1', ...tls, key: 'k' }),
    'nodes[1].key',
    'absolute path',
  ],
  ['a secret of a driver', secondNode({ driverOptions: { 'env.API_TOKEN': 'x1y2' } }), 'env.API_TOKEN', 'no secret'],
  ['an option on two lines', secondNode({ driverOptions: { a: 'b\nc' } }), 'driverOptions.a', 'one line'],
  ...[0, 1.5, '2'].map((jobs): [string, Change, string, string] => [
    `${JSON.stringify(jobs)} builds at once`,
    secondNode({ jobs }),
    'builder.nodes[1].jobs',
    'a number from 1',
  ]),
  ['the driver that has no caches', (c) => (c.builder.driver = 'docker'), 'builder.driver', 'a buildx driver'],
  [
    'an endpoint for kubernetes',
    (c) => (c.builder.driver = 'kubernetes'),
    'builder.nodes[1].endpoint = "ssh://builder"',
    'makes its nodes itself',
  ],
  [
    'one platform under two spellings',
    (c) => (c.platforms = ['linux/arm64', 'linux/amd64', 'linux/arm64/v8']),
    'platforms = ',
    'linux/arm64/v8 is linux/arm64',
  ],
  ['the same of one node', secondNode({ platforms: ['linux/arm64/v8', 'linux/arm64'] }), 'builder.nodes[1].platforms'],
])('refuses %s', (_name, change, ...says) => {
  const message = messageFor(change);
  for (const each of says) expect(message).toContain(each);
  expect(message).not.toContain('x1y2');
});

it('takes platforms as BuildKit writes them', () => {
  const config = parse((c) => {
    c.platforms = ['linux/amd64/v3', 'linux/arm64/v8', 'linux/amd64/v1'];
    c.builder.nodes[0].platforms = ['linux/amd64/v1', 'linux/amd64/v3'];
  });
  expect(config.platforms).toEqual(['linux/amd64/v3', 'linux/arm64', 'linux/amd64']);
  expect(config.builder.nodes[0]?.platforms).toEqual(['linux/amd64', 'linux/amd64/v3']);
});
