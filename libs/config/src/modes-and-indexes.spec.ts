import { cellsOf, cellsOfLeg, constraintFile } from '@nx-ci-cache/records';
import { parseConfig } from './read';

const valid = {
  pythons: ['3.11', '3.13'],
  constraints: { modes: { constraints: { requirements: ['all.in'] }, core: { requirements: ['core.in'] } } },
  push: { branches: [{ from: 'main', to: 'constraints-main' }] },
};

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- planted faults are of any shape
type Change = (config: any) => void;

const parse = (change: Change) => {
  const config = structuredClone(valid);
  change(config);
  return parseConfig(JSON.stringify(config), 'apps/example');
};

describe('modes and indexes', () => {
  it('gives a mode only the Pythons it applies to', () => {
    const config = parse((c) => (c.constraints.modes.core.pythons = ['3.13']));
    expect(cellsOf(config).map(({ mode, python }) => `${mode}-${python}`)).toEqual([
      'constraints-3.11',
      'constraints-3.13',
      'core-3.13',
    ]);
  });

  it('makes a cell for each architecture of a mode that asks for it, the first named as before', () => {
    const config = parse((c) => {
      c.platforms = ['linux/amd64', 'linux/arm64', 'linux/arm64/v9'];
      Object.assign(c.constraints.modes.core, { perPlatform: true, pythons: ['3.13'] });
      c.constraints.modes.constraints.perPlatform = false;
    });
    const files = cellsOf(config).map(constraintFile);
    expect(files.slice(2)).toEqual(['core-3.13.txt', 'core-3.13-linux-arm64.txt']);
    const ofLeg = (platform: string) => cellsOfLeg({ python: '3.13', platform }, config).map(constraintFile);
    expect(ofLeg('linux/amd64')).toEqual(['constraints-3.13.txt', 'core-3.13.txt']);
    expect(ofLeg('linux/arm64/v9')).toEqual(['constraints-3.13.txt', 'core-3.13-linux-arm64.txt']);
  });

  it('names cells by X.Y, and keeps the patch release that is written', () => {
    const config = parse((c) => (c.pythons = ['3.11', '3.13.2']));
    expect(config).toMatchObject({ pythons: ['3.11', '3.13'], patches: { '3.13': '3.13.2' } });
    expect(parse(() => undefined).patches).toBeUndefined();
  });

  it('keeps how a mode is resolved and where from', () => {
    const resolving = { overrides: ['o.txt'], limits: [{ bound: 'pandas<3', reason: 'the reader breaks' }] };
    const config = parse((c) => {
      Object.assign(c.constraints.modes.core, resolving);
      c.index = { settle: '2h', indexes: [{ name: 'acme', url: 'https://index.example.com/simple' }] };
    });
    expect(config.modes[1]?.resolving).toEqual(resolving);
    expect(config.index).toMatchObject({ settleSeconds: 7200, indexes: [{ name: 'acme' }] });
  });

  it('takes a lock in place of requirements', () => {
    const locked = { lock: '{workspaceRoot}/uv.lock', extras: ['all'], allowSdist: ['a'] };
    const config = parse((c) => (c.constraints.modes.core = locked));
    expect(config.modes[1]).toEqual({
      ...{ name: 'core', requirements: [], allowSdist: ['a'] },
      lock: { path: '{workspaceRoot}/uv.lock', extras: ['all'], groups: [] },
    });
  });

  const faults: [name: string, change: Change, ...says: string[]][] = [
    [
      'two indexes of one name',
      (c) => (c.index = { indexes: [{ name: 'default', url: 'https://index.example.com/simple' }] }),
      'index.name = "default"',
      'index.indexes[0].name has it too',
    ],
    [
      'an index that stands there twice',
      (c) => (c.index = { url: 'https://a.example.com/s/', indexes: [{ name: 'a', url: 'https://a.example.com/s' }] }),
      'index.url',
      'index.indexes[0].url has it too',
    ],
    [
      'a package of no index',
      (c) => (c.index = { indexes: [{ name: 'a', url: 'https://a.example.com/s' }], sources: { torch: 'cpu' } }),
      'index.sources.torch = "cpu"',
      'one of index.indexes: a',
    ],
    [
      'an unsafe strategy by another name',
      (c) => (c.index = { strategy: 'best-match' }),
      'index.strategy = "best-match"',
      '"unsafe-best-match", which let a stranger',
    ],
    [
      'files for a platform that no resolver knows',
      (c) => {
        c.platforms = ['linux/amd64', 'linux/s390x'];
        c.constraints.modes.core.perPlatform = true;
      },
      'modes.core.perPlatform = true',
      'the resolver knows no linux/s390x',
    ],
    [
      'the Linux of an image that is not there',
      (c) => (c.constraints.linux = { image: 'ci' }),
      'constraints.linux.image = "ci"',
      'one of the images: there is none',
    ],
    [
      'a Linux that no wheel is for',
      (c) => (c.constraints.linux = 'manylinux_2_29'),
      'constraints.linux = "manylinux_2_29"',
      '{ "image": "ci" }',
    ],
    [
      'files for each platform of one frozen image',
      (c) => (c.constraints.modes.core = { image: 'ci', perPlatform: true }),
      'modes.core.perPlatform = true',
      'nothing beside "image"',
    ],
    [
      'a limit without a reason',
      (c) => (c.constraints.modes.core.limits = [{ bound: 'pandas<3' }]),
      'constraints.modes.core.limits[0].reason is missing',
      'says why',
    ],
    [
      'a limit that bounds nothing',
      (c) => (c.constraints.modes.core.limits = [{ bound: 'pandas', reason: 'it breaks' }]),
      'limits[0].bound = "pandas"',
    ],
    [
      'a limit that hides a second line',
      (c) => (c.constraints.modes.core.limits = [{ bound: 'pandas<3\r-r x', reason: 'it breaks' }]),
      'limits[0].bound = "pandas<3\\r-r x"',
    ],
    [
      'an inline requirement that hides a second line',
      (c) => (c.constraints.modes.core.requirements = [{ inline: ['pandas\r-r x'] }]),
      'requirements[0].inline[0] = "pandas\\r-r x"',
    ],
    [
      'an inline bound that hides a second line',
      (c) => (c.constraints.modes.core.overrides = [{ inline: ['pandas\r-r x'] }]),
      'overrides[0].inline[0] = "pandas\\r-r x"',
    ],
    [
      'two patch releases of one Python',
      (c) => (c.pythons = ['3.13', '3.13.2']),
      'pythons[1] = "3.13"',
      'each X.Y once',
    ],
    [
      'a build on a Python the mode has not',
      (c) => (c.constraints.modes.core.allowSdist = ['a', { name: 'b', pythons: ['3.12'] }]),
      'constraints.modes.core.allowSdist[1].pythons = "3.12"',
      '3.11, 3.13',
    ],
    [
      'a word for builds that is none',
      (c) => (c.constraints.modes.core.allowSdist = 'some'),
      'constraints.modes.core.allowSdist = "some"',
      'or "all" for every package',
    ],
    [
      'a mode for a Python the project has not',
      (c) => (c.constraints.modes.core.pythons = ['3.12']),
      'constraints.modes.core.pythons[0] = "3.12"',
      '3.11, 3.13',
    ],
    [
      'extras of an inline list',
      (c) => (c.constraints.modes.core.requirements = [{ inline: ['a'], extras: ['x'] }]),
      'constraints.modes.core.requirements[0]',
      '"pyproject"',
    ],
    [
      'requirements beside a lock',
      (c) => (c.constraints.modes.core.lock = 'uv.lock'),
      'constraints.modes.core.requirements = ["core.in"]',
      'nothing beside "lock"',
    ],
    [
      'an extra of no lock',
      (c) => (c.constraints.modes.core.extras = ['all']),
      'constraints.modes.core.lock is missing',
      'e.g. "uv.lock"',
    ],
    [
      'a requirement out of the project',
      (c) => (c.constraints.modes.core.requirements = ['../a.in']),
      'constraints.modes.core.requirements[0] = "../a.in"',
      '{workspaceRoot}/',
    ],
  ];
  it.each(faults)('refuse %s', (_name, change, ...says) => {
    let message = 'accepted';
    try {
      parse(change);
    } catch (error) {
      message = (error as Error).message;
    }
    for (const each of says) expect(message).toContain(each);
  });
});
