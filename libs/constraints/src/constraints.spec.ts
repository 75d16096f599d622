import type { CellFacts } from '@nx-ci-cache/records';
import { cutoffAt, pageMaxAge } from './indexes/cutoff';
import { parsePins } from './file/pins';
import { renderConstraints } from './file/render';
import { uvConfig } from './inputs/uv-config';
import { compileCommand } from './resolver/uv';

const facts: CellFacts = {
  mode: 'constraints',
  python: '3.13',
  cutoff: '2026-05-01T00:00:00Z',
  indexUrl: 'https://index.example.com/simple',
  pageMaxAge: 2700,
  resolver: 'uv 0.13.9',
  requirements: [
    { path: 'b.in', text: 'b\n' },
    { path: 'a.in', text: 'a\n' },
  ],
  allowSdist: ['atlasclient'],
};

describe('cut-off', () => {
  it.each([
    ['2026-05-02T10:20:30Z', 3600, 86_400, '2026-05-02T00:00:00Z'],
    ['2026-05-02T00:59:59Z', 3600, 86_400, '2026-05-01T00:00:00Z'],
    ['2026-05-02T01:00:00Z', 3600, 86_400, '2026-05-02T00:00:00Z'],
    ['2026-05-02T10:20:30Z', 3600, 3600, '2026-05-02T09:00:00Z'],
  ])('at %s with settle %i s and window %i s is %s', (now, settleSeconds, windowSeconds, cutoff) => {
    expect(cutoffAt(new Date(now), { settleSeconds, windowSeconds })).toBe(cutoff);
  });

  it('keeps pages for settle − 15 min, so that each was fetched after the cut-off', () => {
    expect(pageMaxAge({ settleSeconds: 3600, windowSeconds: 1 })).toBe(2700);
  });
});

describe('parsePins', () => {
  it('normalises names and passes over comments', () => {
    expect([...parsePins('# head\nZope.Interface==5.4\n\nruamel_yaml==0.1+x\n', 'f')]).toEqual([
      ['zope-interface', '5.4'],
      ['ruamel-yaml', '0.1+x'],
    ]);
  });

  it.each([
    'a>=1',
    'a[x]==1',
    'a==1 ; python_version<"3"',
    '--index-url https://x.example.com',
    'a @ file:///x',
    'a==1 --hash=sha256:0',
    '-e .',
  ])('refuses the line %s', (line) => {
    expect(() => parsePins(`ok==1\n${line}\n`, 'file')).toThrow(/file: line 2 is no name==version line/);
  });

  it('refuses two pins of one name', () => {
    expect(() => parsePins('a-b==1\nA_b==2', 'file')).toThrow('line 2 is a second pin');
  });
});

describe('renderConstraints', () => {
  it('is sorted, under a header without time of day, host or path', () => {
    expect(renderConstraints(facts, parsePins('b==2\na==1', 'f'))).toBe(
      [
        '# constraints for Python 3.13',
        '# Releases up to 2026-05-01, resolved by uv 0.13.9.',
        '# Written by nx-ci-cache: edit the requirements, not this file.',
        'a==1',
        'b==2',
        '',
      ].join('\n'),
    );
  });

  it.each([
    [{ linux: 'manylinux_2_36' }, 'manylinux_2_36'],
    [{ platform: 'linux/arm64' }, 'linux/arm64'],
    [{ platform: 'linux/arm64', linux: 'manylinux_2_36' }, 'linux/arm64, manylinux_2_36'],
  ])('says what it is for: %j', (target, said) => {
    expect(renderConstraints({ ...facts, ...target }, new Map())).toContain(`for Python 3.13 on ${said}\n`);
  });
});

describe('uv', () => {
  it('is asked with everything that could change the answer', () => {
    const { args, env, cwd } = compileCommand(facts, 'folder');
    expect(args.join(' ')).toBe(
      'pip compile input-0.txt input-1.txt --config-file uv.toml --no-sources --python-version 3.13 --python-platform linux ' +
        '--exclude-newer 2026-05-01T00:00:00Z --only-binary :all: --no-binary atlasclient ' +
        '--no-header --no-annotate --no-progress --output-file output.txt',
    );
    expect(env).toMatchObject({ UV_PYTHON_DOWNLOADS: 'never', UV_NO_WRAP: '1', LC_ALL: 'C' });
    expect(cwd).toBe('folder');
  });

  it.each([
    [{ platform: 'linux/amd64' }, 'x86_64-unknown-linux-gnu'],
    [{ platform: 'linux/arm64' }, 'aarch64-unknown-linux-gnu'],
    [{ platform: 'linux/arm64', linux: 'manylinux_2_36' }, 'aarch64-manylinux_2_36'],
    [{ platform: 'linux/riscv64', linux: 'manylinux_2_36' }, 'riscv64-unknown-linux'],
    [{ linux: 'manylinux_2_36' }, 'x86_64-manylinux_2_36'],
  ])('is asked for the platform of the cell: %j', (target, said) => {
    const { args } = compileCommand({ ...facts, ...target }, 'folder');
    expect(args[args.indexOf('--python-platform') + 1]).toBe(said);
  });

  it('keeps index pages for their age, in a configuration of its own', () => {
    expect(uvConfig(facts, '/private')).toBe(
      '[[index]]\nname = "default"\nurl = "https://index.example.com/simple"\ndefault = true\n' +
        'cache-control = { api = "max-age=2700", files = "max-age=31536000, immutable" }\n',
    );
  });
});
