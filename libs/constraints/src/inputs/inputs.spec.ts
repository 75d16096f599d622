import { cellFacts } from '../testing/cell';
import { distributionOf } from '../testing/release';
import { buildArguments, choiceArguments, inputArguments } from './arguments';
import { inputFiles } from './files';
import { pinsToKeep } from './keep';
import { stubWheel, wheelMetadata } from '../requirements/wheel';

const bounds = (text: string) => [{ path: 'f', text }];
const full = cellFacts('https://index.example.com/simple', {
  requires: ['b', 'a'],
  constraints: bounds('c<1\n'),
  overrides: bounds('d==1\n'),
  buildConstraints: bounds('e<1\n'),
  excludes: ['f'],
  limits: [{ bound: 'g<2', reason: 'it breaks' }],
  resolution: 'lowest',
  prerelease: 'allow',
  prereleasePackages: { h: 'disallow' },
  allowSdist: ['i'],
  exempt: { j: '2026-03-01T00:00:01Z' },
  keep: 'k==1\n',
  wheels: [{ file: 'l-1.0-py3-none-any.whl', metadata: 'Name: l\n' }],
  indexes: [{ name: 'own', url: 'https://own.example.com/simple', fingerprint: 'sha256:0' }],
});

describe('a cell with facts of every kind', () => {
  it('is laid out as files, with the reasons of limits left to people', () => {
    expect(inputFiles(full, '/private')).toEqual({
      'uv.toml': expect.any(String),
      'input-0.txt': 'b\na\n',
      'constraints-0.txt': 'c<1\n',
      'overrides-0.txt': 'd==1\n',
      'build-constraints-0.txt': 'e<1\n',
      'excludes.txt': 'f\n',
      'limits.txt': 'g<2\n',
      'output.txt': 'k==1\n',
      'wheels/l-1.0-py3-none-any.whl': expect.any(Uint8Array),
    });
  });

  it('is configured with its indexes in order, wheels first, the default last', () => {
    expect(inputFiles(full, '/private')['uv.toml']).toBe(
      [
        'preview-features = ["index-exclude-newer"]',
        '[[index]]',
        'name = "ci-cache-wheels"',
        'url = "file:///private/wheels"',
        'format = "flat"',
        '[[index]]',
        'name = "own"',
        'url = "https://own.example.com/simple"',
        'exclude-newer = false',
        'cache-control = { api = "max-age=0", files = "max-age=31536000, immutable" }',
        '[[index]]',
        'name = "default"',
        'url = "https://index.example.com/simple"',
        'default = true',
        'cache-control = { api = "max-age=2700", files = "max-age=31536000, immutable" }',
        '',
      ].join('\n'),
    );
  });

  it('is handed over by arguments', () => {
    expect(inputArguments(full).join(' ')).toBe(
      'input-0.txt --constraints constraints-0.txt --constraints limits.txt --overrides overrides-0.txt ' +
        '--excludes excludes.txt --build-constraints build-constraints-0.txt',
    );
    expect(buildArguments(full).join(' ')).toBe('--only-binary :all: --no-binary i');
    expect(buildArguments({ ...full, allowSdist: 'all' })).toEqual([]);
    expect(choiceArguments(full).join(' ')).toBe(
      '--resolution lowest --prerelease allow --prerelease-package h=disallow ' +
        '--exclude-newer-package j=2026-03-01T00:00:01Z --refresh-package j',
    );
  });

  it('asks a pyproject.toml for its own groups', () => {
    const requirements = [{ path: 'x/pyproject.toml', text: '[project]\n', extras: ['all'], groups: ['dev'] }];
    expect(inputArguments({ ...full, requirements }).join(' ')).toMatch(
      /^input-0\/pyproject\.toml --extra all --group input-0\/pyproject\.toml:dev /,
    );
  });
});

describe('groups of a file that is no project', () => {
  it('are asked for without the file, which would have to be built', () => {
    const requirements = [{ path: 'x/pyproject.toml', text: '[dependency-groups]\ndev = ["a"]\n', groups: ['dev'] }];
    expect(inputArguments(cellFacts('', { requires: [], requirements } as never)).join(' ')).toBe(
      '--group input-0/pyproject.toml:dev',
    );
  });
});

describe('pinsToKeep', () => {
  const published = '# head\na==1\r\nB.c==2\n';
  it.each([
    ['all by default', published, undefined, 'a==1\nb-c==2\n'],
    ['none when the run upgrades', published, true as const, undefined],
    ['all but those named', published, ['b_C'], 'a==1\n'],
    ['none of a file not yet published', undefined, undefined, undefined],
    [
      'nothing but pins',
      '<<<<<<< HEAD\na==1\n=======\n-r /etc/hostname\n--index-url https://x.example.com\nb==1 --hash=sha256:aa\nc @ file:///c\na==2\n',
      undefined,
      'a==1\n',
    ],
  ])('keeps %s', (_name, text, upgrade, kept) => {
    expect(pinsToKeep(text, upgrade)).toBe(kept);
  });
});

describe('wheels', () => {
  const { bytes, metadata, file } = distributionOf({ name: 'acme-core', version: '1.0', requires: ['alpha'] });

  it('are known by their metadata, and made again from it', () => {
    expect(wheelMetadata(bytes)).toBe(metadata);
    expect(wheelMetadata(stubWheel({ file, metadata }))).toBe(metadata);
    expect(stubWheel({ file, metadata })).toEqual(stubWheel({ file, metadata }));
    expect(wheelMetadata(Buffer.from('no zip'))).toBeUndefined();
  });
});
