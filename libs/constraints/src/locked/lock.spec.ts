import { parseToml } from '../requirements/toml';
import { lockedPins, type LockAsked } from './lock';

const registry = 'source = { registry = "https://index.example.com/simple" }';
const released = (name: string, version: string, more = '') =>
  `[[package]]\nname = "${name}"\nversion = "${version}"\n${registry}\n${more}\n`;

const lock = `version = 1
requires-python = ">=3.11"
[[package]]
name = "app"
version = "1.0"
source = { editable = "." }
dependencies = [
    { name = "member" },
    { name = "old", marker = "python_full_version < '3.12'" },
    { name = "forked", version = "1.0", marker = "python_full_version < '3.12'" },
    { name = "forked", version = "2.0", marker = "python_full_version >= '3.12'" },
]
[package.optional-dependencies]
all = [{ name = "app", extra = ["Fast_"] }]
fast- = [{ name = "extras", extra = ["more"] }]
[package.dev-dependencies]
dev = [{ name = "tool", marker = "sys_platform == 'linux'" }, { name = "elsewhere" }]
[[package]]
name = "member"
source = { editable = "libs/member" }
dependencies = [{ name = "deep" }]
${released('deep', '3.0', 'dependencies = [{ name = "deep" }]')}
${released('old', '1.0')}
${released('forked', '1.0')}
${released('forked', '2.0')}
${released('extras', '1.0', '[package.optional-dependencies]\nmore = [{ name = "more" }]')}
${released('more', '4.0')}
${released('tool', '5.0')}
[[package]]
name = "elsewhere"
version = "1.0"
source = { git = "https://user:word@host.example.com/e" }
`;

const pins = (asked: Partial<LockAsked> = {}, python = '3.13', text = lock) =>
  lockedPins(parseToml(text), 'uv.lock', { extras: [], groups: [], ...asked }, { python });

describe('lockedPins', () => {
  it.each<[string, Partial<LockAsked>, string, readonly string[]]>([
    ['what the project needs on this Python', {}, '3.13', ['deep 3.0', 'forked 2.0']],
    ['what it needs on another', {}, '3.11', ['deep 3.0', 'forked 1.0', 'old 1.0']],
    [
      'what an extra of an extra needs',
      { extras: ['all'] },
      '3.13',
      ['deep 3.0', 'extras 1.0', 'forked 2.0', 'more 4.0'],
    ],
    ['what a group needs', { groups: ['dev'] }, '3.13', ['deep 3.0', 'forked 2.0', 'tool 5.0']],
  ])('are %s', (_what, asked, python, expected) => {
    expect([...pins(asked, python).pins].map((pin) => pin.join(' ')).sort()).toEqual(expected);
  });

  it('are those of the platform of the cell', () => {
    const marked = lock.replace(
      '{ name = "member" },',
      '{ name = "more", marker = "platform_machine == \'aarch64\'" },',
    );
    const on = (platform: string) =>
      lockedPins(parseToml(marked), 'uv.lock', { extras: [], groups: [] }, { python: '3.13', platform }).pins;
    expect([...on('linux/amd64').keys()]).toEqual(['forked']);
    expect([...on('linux/arm64').keys()].sort()).toEqual(['forked', 'more']);
  });

  it('tells members and what comes from elsewhere apart, without a password', () => {
    const { members, elsewhere } = pins({ groups: ['dev'] });
    expect([...members]).toEqual([
      ['app', '1.0'],
      ['member', ''],
    ]);
    expect([...elsewhere]).toEqual([['elsewhere', expect.not.stringContaining('word')]]);
  });

  it('are those of all members where the root is no project', () => {
    const text = lock.replace('source = { editable = "." }', 'source = { editable = "app" }');
    expect([...pins({}, '3.13', `${text}\n[manifest]\nmembers = ["app", "member"]\n`).pins.keys()]).toContain('deep');
  });

  it('are those of the extra that excludes another', () => {
    const text = `${lock}`.replace(
      '{ name = "member" }',
      '{ name = "old", marker = "extra == \'extra-3-app-all\'" }, { name = "member" }',
    );
    expect([...pins({}, '3.13', text).pins.keys()]).not.toContain('old');
    expect([...pins({ extras: ['all'] }, '3.13', text).pins.keys()]).toContain('old');
  });

  it.each<[string, Partial<LockAsked>, string]>([
    ['an extra it does not have', { extras: ['gone'] }, 'uv.lock: optional-dependencies = "gone"'],
    ['a group it does not have', { groups: ['gone'] }, 'one of dev'],
  ])('refuse %s', (_what, asked, says) => {
    expect(() => pins(asked)).toThrow(says);
  });

  it('refuse two versions of one name', () => {
    expect(() =>
      pins(
        {},
        '3.13',
        lock.replace(
          '< \'3.12\'" },\n    { name = "forked", version = "2',
          '> \'3\'" },\n    { name = "forked", version = "2',
        ),
      ),
    ).toThrow('uv.lock: forked = ["1.0","2.0"]');
  });
});
