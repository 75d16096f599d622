import { pinsOf, readLines } from '../file/lines';
import { comparePins } from './compare';
import { disagreementsOf, matrixOf, type ComparedFile } from './matrix';

const pins = (text: string) => pinsOf(readLines(text));

describe('comparePins', () => {
  it('knows each kind of change by normalised name, and compares versions as PEP 440 does', () => {
    const published = pins('# x\nA==1\nb==1.9\nc==2\nd==1\nEpoch==1!1\n');
    expect(comparePins('f', published, pins('epoch==2\na==1.0\ne==1\nc==2rc1\nb==1.10\n'))).toEqual({
      file: 'f',
      published: true,
      unchanged: 1,
      changes: [
        { name: 'b', kind: 'upgraded', from: '1.9', to: '1.10' },
        { name: 'c', kind: 'downgraded', from: '2', to: '2rc1' },
        { name: 'd', kind: 'removed', from: '1' },
        { name: 'e', kind: 'added', to: '1' },
        { name: 'epoch', kind: 'downgraded', from: '1!1', to: '2' },
      ],
    });
  });

  it('sees nothing in other comments, blank lines, order and spelling', () => {
    const published = pins('# old\nzope.interface==5.4\n\na==1\n');
    expect(comparePins('f', published, pins('# new\na==1\nZope_Interface==5.4'))).toMatchObject({
      unchanged: 2,
      changes: [],
    });
  });

  it('tells a new file from a changed one', () => {
    expect(comparePins('f', undefined, pins('a==1'))).toMatchObject({ published: false, changes: [{ kind: 'added' }] });
  });
});

describe('tables', () => {
  const file = (
    mode: string,
    python: string,
    published: string | undefined,
    generated: string,
    platform?: string,
  ): ComparedFile => {
    const before = published === undefined ? undefined : pins(published);
    const after = pins(generated);
    const name = `${mode}-${python}.txt`;
    const cell = { mode, python, ...(platform !== undefined && { platform }) };
    return { cell, pins: after, published: before, changes: comparePins(name, before, after) };
  };

  it('hold a row for each package that changed anywhere, with its version in every file', () => {
    const files = [
      file('all', '3.13', 'a==1\nb==1\nsame==1', 'a==2\nc==1\nsame==1'),
      file('core', '3.13', 'a==1', 'a==1'),
      file('core', '3.14', undefined, 'a==2\nother==1'),
    ];
    expect(matrixOf(files)).toEqual([
      {
        name: 'a',
        files: {
          'all-3.13.txt': { from: '1', to: '2' },
          'core-3.13.txt': { from: '1', to: '1' },
          'core-3.14.txt': { to: '2' },
        },
      },
      { name: 'b', files: { 'all-3.13.txt': { from: '1' } } },
      { name: 'c', files: { 'all-3.13.txt': { to: '1' } } },
    ]);
  });

  it('name the packages on which modes of one Python disagree, and only those', () => {
    const files = [
      file('all', '3.13', undefined, 'a==1\nb==1'),
      file('core', '3.13', undefined, 'a==2\nc==1'),
      file('core', '3.11', undefined, 'a==3\nb==1'),
    ];
    expect(disagreementsOf(files)).toEqual([{ python: '3.13', name: 'a', versions: { all: '1', core: '2' } }]);
  });

  it('compare what is for one platform with what is for it, or for all', () => {
    const files = [
      file('all', '3.13', undefined, 'a==1\nb==1'),
      file('core', '3.13', undefined, 'a==1\nb==2', 'linux/amd64'),
      file('core', '3.13', undefined, 'a==2\nc==1', 'linux/arm64'),
      file('more', '3.13', undefined, 'c==1', 'linux/arm64'),
    ];
    expect(disagreementsOf(files)).toEqual([
      { python: '3.13', name: 'b', versions: { all: '1', core: '2' } },
      { python: '3.13', name: 'a', versions: { all: '1', 'core on linux/arm64': '2' } },
    ]);
  });
});
