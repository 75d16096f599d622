import { guardDefaults } from '@nx-ci-cache/config';
import { resolveCell } from '../cell/resolve';
import { pinsOf, readLines } from '../file/lines';
import { judge } from '../guard/judge';
import { proveCell } from '../guard/prove';
import { cellFacts, pinLines, useFreshCache } from '../testing/cell';
import { startIndex, type LocalIndex } from '../testing/local-index';
import { missingOf } from './missing-wheels';

const wheel = (machine: string) => `cp313-cp313-manylinux_2_17_${machine}`;

describe('a cell on the further platforms of its project', () => {
  useFreshCache();
  let index: LocalIndex;

  beforeAll(async () => {
    index = await startIndex([
      { name: 'both', version: '1.0', tags: wheel('x86_64') },
      { name: 'both', version: '1.0', tags: wheel('aarch64') },
      { name: 'newer', version: '1.0', tags: wheel('x86_64') },
      { name: 'newer', version: '1.0', tags: wheel('aarch64') },
      { name: 'newer', version: '2.0', tags: wheel('x86_64') },
      { name: 'never', version: '1.0', tags: wheel('x86_64') },
      { name: 'pure', version: '1.0', requires: ['there; platform_machine == "aarch64"'] },
      { name: 'there', version: '1.0' },
      { name: 'source', version: '1.0', kind: 'sdist' },
    ]);
  });
  afterAll(() => index.close());

  const facts = (...requires: string[]) => ({
    ...cellFacts(index.url, { requires }),
    platforms: ['linux/arm64', 'linux/s390x'],
  });

  it('says which pin has no wheel there, and what is different', async () => {
    const { text, warnings } = await resolveCell(facts('both', 'newer', 'pure'));
    expect(text).toContain('\nboth==1.0\nnewer==2.0\npure==1.0\n');
    expect(warnings).toEqual([
      'both==1.0 has no wheel for linux/s390x: no release has one',
      'newer resolves to 1.0 on linux/arm64, and to 2.0 here',
      'newer==2.0 has no wheel for linux/arm64: 1.0 is the newest that has one',
      'newer==2.0 has no wheel for linux/s390x: no release has one',
      'there is required on linux/arm64 only: this file is for linux/amd64, and has no pin of it',
    ]);
  });

  it('says that there is no solution there', async () => {
    const { warnings } = await resolveCell({ ...facts('never'), platforms: ['linux/arm64'] });
    expect(warnings).toEqual([
      'never==1.0 has no wheel for linux/arm64: no release has one',
      expect.stringMatching(/^there is no solution on linux\/arm64: /),
    ]);
  });

  it('is resolved for one of them alone, where each has its own file', async () => {
    const { text, warnings } = await resolveCell({
      ...cellFacts(index.url, { requires: ['both', 'newer', 'pure'] }),
      platform: 'linux/arm64',
    });
    expect(text).toContain('# core for Python 3.13 on linux/arm64\n');
    expect(pinLines(text)).toEqual(['both==1.0', 'newer==1.0', 'pure==1.0', 'there==1.0']);
    // 2.0 has wheels, and none for this platform.
    expect(warnings).toEqual(['newer is held at 1.0: 2.0 has no usable wheel, and "allowSdist" does not name it']);
  });

  it('is refused by the guard where the project says so', async () => {
    const lines = readLines('newer==2.0\n');
    const pins = pinsOf(lines);
    const proof = await proveCell({ ...facts('newer'), platforms: ['linux/arm64'] }, pins);
    const subject = { file: 'core-3.13.txt', lines, pins, published: undefined, own: [], proof };
    const texts = (wheels: 'warn' | 'require') =>
      judge(subject, { ...guardDefaults, wheels }).refusals.map(({ text }) => text);
    expect(texts('warn')).toEqual([]);
    expect(texts('require')).toEqual(['newer==2.0 has no wheel for linux/arm64: 1.0 is the newest that has one']);
  });
});

describe('missingOf', () => {
  const facts = cellFacts('https://index.example.com/simple', { requires: [] });
  const files = (...names: string[]) => names.map((filename) => ({ filename }));
  const missing = (version: string, ...names: string[]) =>
    missingOf({ name: 'lib', version }, files(...names), ['linux/arm64/v8', 'linux/mips'], facts);

  it.each([
    ['a wheel for any platform', '1.0', ['lib-1.0-py3-none-any.whl']],
    ['no wheel for the platform of the file either', '1.0', ['lib-1.0.tar.gz']],
    ['no release of that version', '2.0', [`lib-1.0-${wheel('x86_64')}.whl`]],
  ])('says nothing of %s', (_what, version, names) => {
    expect(missing(version, ...names)).toEqual([]);
  });

  it('knows a pin in another spelling, a pre-release too, and offers no pre-release', () => {
    const named = [
      `lib-1.0rc1-${wheel('x86_64')}.whl`,
      `lib-1.1rc1-${wheel('aarch64')}.whl`,
      'lib-0.9-py3-none-any.whl',
    ];
    expect(missing('1.0.0rc1', ...named)).toEqual([
      { name: 'lib', version: '1.0.0rc1', platform: 'linux/arm64/v8', newest: '0.9' },
    ]);
  });
});
