import { heldText, type CellFacts } from '@nx-ci-cache/records';
import { resolveCell } from '../cell/resolve';
import { cellFacts, useFreshCache } from '../testing/cell';
import { startIndex, type LocalIndex } from '../testing/local-index';

describe('pins below their newest stable release', () => {
  useFreshCache();
  let index: LocalIndex;

  beforeAll(async () => {
    const sdist = { kind: 'sdist' as const };
    index = await startIndex([
      { name: 'source', version: '1.0', ...sdist },
      { name: 'mailer', version: '1.0' },
      { name: 'mailer', version: '2.0', requires: ['source'] },
      { name: 'bare', version: '1.0' },
      { name: 'bare', version: '2.0', ...sdist },
      { name: 'bare', version: '3.0rc1' },
      { name: 'patched', version: '1.0' },
      { name: 'patched', version: '2.0', requiresPython: '>=3.13.2' },
      { name: 'later', version: '1.0' },
      { name: 'later', version: '2.0', requiresPython: '>=3.14' },
      { name: 'fresh', version: '1.0' },
      { name: 'fresh', version: '2.0', tags: 'cp313-cp313-manylinux_2_31_x86_64' },
      { name: 'asks-fresh', version: '1.0' },
      { name: 'asks-fresh', version: '2.0', requires: ['fresh>=2'] },
      { name: 'lib', version: '1.0' },
      { name: 'lib', version: '2.0' },
      { name: 'needs-lib', version: '1.0', requires: ['lib<2'] },
      { name: 'far', version: '1.0' },
      { name: 'far', version: '2.0', requires: ['near>=1'] },
      { name: 'near', version: '1.0', requires: ['source', 'nowhere; sys_platform == "win32"'] },
      { name: 'secure', version: '1.0', extras: ['kerberos'] },
      { name: 'secure', version: '2.0', extras: ['kerberos'], requires: ['source; extra == "kerberos"'] },
      ...['mailer', 'bare', 'bare<2', 'patched', 'later', 'asks-fresh', 'far', 'secure', 'secure[kerberos]'].map(
        (requires) => ({
          name: `on-${requires.replace(/\W+/g, '-').replace(/-$/, '')}`,
          version: '1.0',
          requires: [requires],
        }),
      ),
    ]);
  });
  afterAll(() => index.close());

  const heldIn = async (requires: readonly string[], changes: Partial<CellFacts> = {}) => {
    const { held = [], warnings = [] } = await resolveCell({ ...cellFacts(index.url, { requires }), ...changes });
    return { held: held.map(heldText), warnings };
  };

  it.each<[string, readonly string[], Partial<CellFacts>, readonly string[]]>([
    [
      'a package that has no wheel',
      ['mailer'],
      {},
      ['mailer is held at 1.0: 2.0 needs source, which has no wheel, and "allowSdist" does not name it'],
    ],
    [
      'its own missing wheel',
      ['bare'],
      {},
      ['bare is held at 1.0: 2.0 has no usable wheel, and "allowSdist" does not name it'],
    ],
    ['wheels for a newer Linux', ['fresh'], {}, ['fresh is held at 1.0: the wheels of 2.0 need manylinux_2_31']],
    ['a later Python', ['later'], {}, ['later is held at 1.0: 2.0 requires Python >=3.14']],
    ['a bound of another package', ['needs-lib', 'lib'], {}, ['lib is held at 1.0: 2.0 is ruled out by needs-lib']],
    ['a bound of its file', ['lib<2'], {}, ['lib is held at 1.0: 2.0 is ruled out by "lib<2" in core.in']],
    [
      'a limit',
      ['lib'],
      { limits: [{ bound: 'lib<2', reason: 'it breaks' }] },
      ['lib is held at 1.0: 2.0 is ruled out by "lib<2" in "limits"'],
    ],
    ['its published pin', ['lib'], { keep: 'lib==1.0\n' }, ['lib is held at 1.0: "keepPins" keeps it from 2.0']],
    [
      'a wheel missing below another package',
      ['on-mailer'],
      {},
      ['mailer is held at 1.0: 2.0 needs source, which has no wheel, and "allowSdist" does not name it'],
    ],
    [
      'a wheel missing two steps below it',
      ['on-far'],
      {},
      ['far is held at 1.0: 2.0 needs source, which has no wheel, and "allowSdist" does not name it'],
    ],
    [
      'a wheel missing for the extra it is required with',
      ['on-secure-kerberos'],
      {},
      ['secure is held at 1.0: 2.0 needs source, which has no wheel, and "allowSdist" does not name it'],
    ],
    [
      'its own missing wheel, whoever requires it',
      ['on-bare'],
      {},
      ['bare is held at 1.0: 2.0 has no usable wheel, and "allowSdist" does not name it'],
    ],
    [
      'wheels for a newer Linux of what it needs',
      ['on-asks-fresh'],
      {},
      ['asks-fresh is held at 1.0: 2.0 needs fresh, whose wheels need manylinux_2_31'],
    ],
    ['nothing to mend where others bound it', ['on-bare', 'on-bare-2', 'needs-lib', 'on-later'], {}, []],
    ['nothing of an extra nobody asks for', ['on-secure'], {}, []],
    ['nothing of what may be built', ['mailer', 'bare'], { allowSdist: ['source', 'bare'] }, []],
    ['nothing of an exact pin, which says so itself', ['lib==1.0'], {}, []],
    ['nothing in a mode of the lowest', ['lib'], { resolution: 'lowest' }, []],
  ])('are held by %s', async (_what, requires, changes, expected) => {
    expect((await heldIn(requires, changes)).held).toEqual(expected);
  });

  it('are held by no Linux that the mode does not mean', async () => {
    const facts = { ...cellFacts(index.url, { requires: ['fresh'] }), linux: 'manylinux_2_36' };
    const { text, held } = await resolveCell(facts);
    expect(text).toMatch(/^# core for Python 3\.13 on manylinux_2_36\n[^]*\nfresh==2\.0\n$/);
    expect(held).toBeUndefined();
  });

  it('are held by the patch release, which is a warning with what to write', async () => {
    const { held, warnings } = await heldIn(['patched', 'lib<2']);
    expect(held[1]).toMatch(
      /^patched is held at 1\.0: 2\.0 requires Python >=3\.13\.2: write "3\.13\.\d+" into "pythons"$/,
    );
    expect(warnings).toEqual([held[1]]);
    expect((await heldIn(['on-patched'])).held).toEqual([held[1]]);
  });

  it('build nothing to be found', async () => {
    const before = index.requests.length;
    await heldIn(['on-mailer', 'on-bare', 'on-secure-kerberos']);
    expect(index.requests.slice(before).filter((path) => path.endsWith('.zip'))).toEqual([]);
  });
});
