import { cellsOf, legName, legsOf } from '@nx-ci-cache/records';
import { parseConfig } from './read';
import { parse, valid } from './testing/changed';

describe('parseConfig', () => {
  it('fills in defaults and keeps what is written', () => {
    expect(parse()).toEqual({
      file: 'apps/example/ci-cache.json',
      files: ['apps/example/ci-cache.json'],
      projectRoot: 'apps/example',
      pythons: ['3.11', '3.13'],
      platforms: ['linux/amd64', 'linux/arm64'],
      index: { settleSeconds: 3600, windowSeconds: 86_400 },
      modes: [
        { name: 'constraints', requirements: ['all.in'], allowSdist: [] },
        { name: 'core', requirements: ['core.in'], allowSdist: [] },
      ],
      guard: { minPins: 1, maxShrink: 0.25, allowDowngrade: [], wheels: 'warn' },
      push: {
        remote: 'origin',
        branches: [{ from: 'main', to: 'constraints-main' }],
        gates: ['api:test'],
        allowUntested: false,
        remove: [],
        author: expect.stringMatching(/^nx-ci-cache <.+>$/),
        title: 'Update {files}',
        ssh: {},
      },
      images: [
        {
          name: 'ci',
          dockerfile: 'Dockerfile',
          context: '.',
          contexts: {},
          repository: 'registry.example.com/acme/python{python}',
          cache: 'registry.example.com/acme/cache/{image}-python{python}:{platform}',
          tags: ['{commit}', 'latest'],
          freeze: 'uv pip freeze',
          bases: {},
          imageBases: {},
          buildArgs: {},
          publish: 'both',
          cacheFrom: [],
          cacheFromBranches: [],
          secrets: {},
          ssh: {},
          allow: [],
          labels: {},
          annotations: {},
        },
      ],
      builder: {
        requireNative: false,
        nodes: [
          { platforms: ['linux/amd64'], jobs: 1 },
          { platforms: ['linux/arm64'], endpoint: 'ssh://builder', jobs: 1 },
        ],
      },
    });
  });

  it('accepts comments and trailing commas', () => {
    const text = JSON.stringify(valid).replace('{', '{ // pythons first\n').replace(/}$/, ',}');
    expect(parseConfig(text, 'apps/example').pythons).toEqual(['3.11', '3.13']);
  });

  it('derives cells as mode × Python and legs as image × Python × platform', () => {
    const config = parse();
    expect(cellsOf(config)).toHaveLength(4);
    expect(legsOf(config).map(legName)).toEqual([
      'ci-3.11-linux-amd64',
      'ci-3.11-linux-arm64',
      'ci-3.13-linux-amd64',
      'ci-3.13-linux-arm64',
    ]);
  });

  it('names the line of a syntax error', () => {
    expect(() => parseConfig('{\n  "pythons": [,]\n}', 'a')).toThrow(/a\/ci-cache\.json: line 2 is no JSON/);
  });
});
