import type { BuilderNode } from '@nx-ci-cache/records';
import { buildxCommand, buildxWith } from './buildx';
import { builderDefinition, createArguments } from './definition';
import { observedBuilder } from './observed';
import { builderFault } from './preflight';

const amd64 = { platforms: ['linux/amd64'], endpoint: 'unix:///run/a.sock' };
const arm64 = { platforms: ['linux/arm64'], endpoint: 'unix:///run/b.sock' };

describe('the definition', () => {
  it('gives every node its platforms explicitly', () => {
    expect(createArguments(builderDefinition({ name: 'b', nodes: [amd64, arm64] }))).toEqual([
      ...[
        [
          'create',
          '--name',
          'b',
          '--driver',
          'remote',
          '--node',
          'linux-amd64',
          '--platform',
          'linux/amd64',
          'unix:///run/a.sock',
        ],
      ],
      ...[
        [
          'create',
          '--name',
          'b',
          '--driver',
          'remote',
          '--node',
          'linux-arm64',
          '--platform',
          'linux/arm64',
          '--append',
          'unix:///run/b.sock',
        ],
      ],
    ]);
  });

  it.each([
    [[{ platforms: ['linux/amd64'] }, { platforms: ['linux/arm64'], endpoint: 'ssh://arm' }], 'docker-container'],
    [[amd64, { platforms: ['linux/arm64'], endpoint: 'ssh://arm' }], 'remote'],
    [[{ platforms: ['linux/amd64'], endpoint: 'kube-pod://builder' }], 'remote'],
  ])('%j needs the driver %s', (nodes, driver) => {
    expect(builderDefinition({ name: 'b', nodes }).driver).toBe(driver);
  });

  it('hands TLS files and options to the driver', () => {
    const tls = { ca: '/c/ca.pem', cert: '/c/cert.pem', key: '/c/key,1.pem' };
    const endpoint = 'tcp://arm.example.com:1234';
    const [args] = createArguments(
      builderDefinition({
        name: 'b',
        nodes: [{ platforms: ['linux/arm64'], endpoint, ...tls, driverOptions: { servername: 'arm' } }],
      }),
    );
    expect(args?.slice(-9)).toEqual([
      ...['--driver-opt', 'servername=arm', '--driver-opt', 'cacert=/c/ca.pem', '--driver-opt', 'cert=/c/cert.pem'],
      ...['--driver-opt', '"key=/c/key,1.pem"', 'tcp://arm.example.com:1234'],
    ]);
  });

  it('names what docker-container makes after the builder too', () => {
    const nodes = [
      { platforms: ['linux/amd64'], driverOptions: { network: 'host' } },
      { platforms: ['linux/arm64'], endpoint: 'arm' },
    ];
    expect(createArguments(builderDefinition({ name: 'b', nodes }))).toEqual([
      ...[
        'create --name b --driver docker-container --node b_linux-amd64 --platform linux/amd64 --driver-opt network=host',
        'create --name b --driver docker-container --node b_linux-arm64 --platform linux/arm64 --append arm',
      ].map((line) => line.split(' ')),
    ]);
  });

  it('names what kubernetes makes as kubernetes wants it, and hands its options on', () => {
    const driverOptions = { namespace: 'ci', nodeselector: 'kubernetes.io/arch=arm64,pool=ci', 'requests.cpu': '2' };
    const nodes = [{ platforms: ['linux/arm64', 'linux/arm/v7'], driverOptions }];
    expect(createArguments(builderDefinition({ name: 'Ci_b', driver: 'kubernetes', nodes }))).toEqual([
      [
        ...['create', '--name', 'Ci_b', '--driver', 'kubernetes', '--node', 'ci-b-linux-arm64-linux-arm-v7'],
        ...['--platform', 'linux/arm64,linux/arm/v7', '--driver-opt', 'namespace=ci'],
        ...['--driver-opt', '"nodeselector=kubernetes.io/arch=arm64,pool=ci"', '--driver-opt', 'requests.cpu=2'],
      ],
    ]);
  });

  it('holds a digest of what it is made of in its name when it is given none', () => {
    const name = (...nodes: object[]) => builderDefinition({ nodes: nodes as BuilderNode[] }).name;
    expect(name(amd64, arm64)).toMatch(/^ci_cache_[0-9a-f]{12}$/);
    expect(name(amd64, arm64)).toBe(name({ ...amd64 }, { ...arm64 }));
    const others = [name(amd64), name(arm64, amd64), name(amd64, { ...arm64, driverOptions: { timeout: '9s' } })];
    expect(new Set([name(amd64, arm64), ...others]).size).toBe(4);
  });

  it.each([
    ['plain tcp', [{ platforms: ['linux/amd64'], endpoint: 'tcp://127.0.0.1:1234' }]],
    ['half a certificate', [{ platforms: ['linux/amd64'], endpoint: 'tcp://a:1', ca: '/c', cert: '/d' }]],
    ['no nodes', []],
    ['two drivers', [{ platforms: ['linux/amd64'] }, arm64]],
  ])('refuses %s', (_name, nodes) => {
    expect(() => builderDefinition({ name: 'b', nodes })).toThrow(expect.objectContaining({ code: 'OptionInvalid' }));
  });
});

const json = [
  {
    Name: 'b',
    Driver: 'remote',
    Nodes: [
      {
        Name: 'linux-amd64',
        Endpoint: 'unix:///run/a.sock',
        Status: 'running',
        Version: 'v0.34.2',
        Platforms: ['linux/amd64', 'linux/386'],
      },
      {
        Name: 'linux-arm64',
        Endpoint: 'unix:///run/b.sock',
        Status: 'inactive',
        Platforms: ['linux/arm64'],
        DriverOpts: { key: '/k' },
      },
    ],
  },
  { Name: 'default', Driver: '', Err: 'no Docker', Nodes: [{ Name: '', Endpoint: '' }] },
]
  .map((builder) => JSON.stringify(builder))
  .join('\n');
const table = [
  'a\ta\t',
  'a\tlinux-amd64\tlinux/s390x*',
  'b\tb\t',
  'b\tlinux-amd64\tlinux/amd64*, linux/386',
  'b\tlinux-arm64\tlinux/arm64*',
  'default\tdefault\t\n',
].join('\n');

it('joins the two listings of buildx', () => {
  expect(observedBuilder('b', json, table)).toEqual({
    driver: 'remote',
    nodes: [
      {
        name: 'linux-amd64',
        endpoint: 'unix:///run/a.sock',
        status: 'running',
        version: 'v0.34.2',
        driverOptions: {},
        explicit: ['linux/amd64'],
      },
      {
        name: 'linux-arm64',
        endpoint: 'unix:///run/b.sock',
        status: 'inactive',
        driverOptions: { key: '/k' },
        explicit: ['linux/arm64'],
      },
    ],
  });
  expect(observedBuilder('missing', json, table)).toBeUndefined();
  expect(observedBuilder('default', json, table)?.error).toBe('no Docker');
});

describe('the preflight', () => {
  const node = { name: 'n', endpoint: 'unix:///n', status: 'running', driverOptions: {}, explicit: ['linux/amd64'] };
  const fault = (nodes: readonly (typeof node & { error?: string })[], platforms = ['linux/amd64']) =>
    builderFault('b', { driver: 'remote', nodes }, platforms)?.message;

  it('accepts exactly one running node per platform', () => {
    expect(fault([node, { ...node, name: 'idle', status: 'inactive', explicit: ['linux/arm64'] }])).toBeUndefined();
  });

  it.each([
    ['none', [{ ...node, explicit: [] }], 'builder b has no node of its own for linux/amd64'],
    ['two', [node, { ...node, name: 'm' }], 'builder b has 2 nodes for linux/amd64: n, m'],
    [
      'a stopped one',
      [{ ...node, status: 'inactive' }],
      'node n of builder b for linux/amd64 is inactive at unix:///n',
    ],
    ['a broken one', [{ ...node, error: 'is broken' }], 'node n of builder b for linux/amd64 is broken'],
  ])('names %s', (_name, nodes, message) => {
    expect(fault(nodes)).toBe(message);
  });

  it('names a builder that does not exist or cannot be read', () => {
    expect(builderFault('b', undefined, [])).toMatchObject({
      code: 'BuilderUnfit',
      message: 'builder b does not exist',
    });
    expect(builderFault('b', { driver: '', error: 'no Docker', nodes: [] }, [])?.message).toBe('builder b: no Docker');
  });
});

it('calls the binary CI_CACHE_BUILDX names, or the plugin, with nothing but what it may know', () => {
  const source = {
    PATH: '/bin',
    DOCKER_CONFIG: '/d',
    BUILDX_CONFIG: '/b',
    AWS_PROFILE: 'p',
    BUILDX_BUILDER: 'x',
    DEBUG: '1',
  };
  const plugin = buildxWith(buildxCommand(source), ['ls'], { EXTRA: '1' });
  expect([plugin.file, ...plugin.args]).toEqual(['docker', 'buildx', 'ls']);
  expect(Object.keys(plugin.env).sort()).toEqual(
    ['AWS_PROFILE', 'BUILDX_CONFIG', 'DOCKER_CONFIG', 'EXTRA', 'LC_ALL', 'PATH', 'TZ'].sort(),
  );
  expect(buildxWith(buildxCommand({ ...source, CI_CACHE_BUILDX: '/opt/buildx' }), ['ls'])).toMatchObject({
    file: '/opt/buildx',
    args: ['ls'],
  });
});

it('lets buildx know the engine and the trace, and nothing that only looks like them', () => {
  const known = ['DOCKER_HOST', 'DOCKER_CONTEXT', 'DOCKER_CERT_PATH', 'DOCKER_API_VERSION', 'DOCKER_TLS'].concat(
    ...['DOCKER_TLS_VERIFY', 'OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_SERVICE_NAME', 'TRACEPARENT', 'TRACESTATE'],
  );
  const strangers = ['DOCKER_DEFAULT_PLATFORM', 'DOCKER_HOST_OTHER', 'DOCKER_BUILDKIT', 'MY_OTEL_X', 'TRACEPARENTS'];
  const source = Object.fromEntries([...known, ...strangers].map((name) => [name, 'x']));
  const { LC_ALL, TZ, ...passed } = buildxCommand(source).env;
  expect([LC_ALL, TZ]).toEqual(['C', 'UTC']);
  expect(Object.keys(passed).sort()).toEqual(known.sort());
});
