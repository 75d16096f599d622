import type { CellFacts } from '@nx-ci-cache/records';
import { resolveCell } from '../cell/resolve';
import { proveCell } from '../guard/prove';
import { observeIndexes } from '../resolver/indexes';
import { cellFacts, pinLines, useFreshCache } from '../testing/cell';
import { startIndex, type LocalIndex } from '../testing/local-index';

describe('packages that come from an index of their own', () => {
  useFreshCache();
  let main: LocalIndex;
  let cpu: LocalIndex;
  let facts: Partial<CellFacts>;
  beforeAll(async () => {
    main = await startIndex([
      { name: 'torch', version: '2.0', requires: ['huge'] },
      { name: 'numpy', version: '1.0' },
      { name: 'huge', version: '1.0' },
      { name: 'model', version: '1.0', requires: ['torch>=2'] },
    ]);
    cpu = await startIndex(
      [
        { name: 'torch', version: '2.0+cpu', requires: ['numpy'] },
        { name: 'numpy', version: '9.0' },
      ],
      { html: true },
    );
    const config = {
      ...{ settleSeconds: 3600, windowSeconds: 86400, url: main.url, sources: { Torch: 'cpu' } },
      indexes: [{ name: 'cpu', url: cpu.url, uploadTimes: false }],
    };
    facts = await observeIndexes(config, { environment: process.env });
  });
  afterAll(() => Promise.all([main.close(), cpu.close()]));

  const resolve = (requires: readonly string[], changes: Partial<CellFacts> = {}) =>
    resolveCell(cellFacts(main.url, { ...facts, requires, ...changes }));

  it('have its versions whoever requires them, and it is asked for nothing else', async () => {
    const { text } = await resolve(['model', 'torch  # small']);
    expect(pinLines(text)).toEqual(['model==1.0', 'numpy==1.0', 'torch==2.0+cpu']);
    expect(cpu.requests.filter((path) => path.includes('numpy'))).toEqual([]);
  });

  it('are bound by a pyproject.toml and by members, too', async () => {
    const requirements = [
      { path: 'pyproject.toml', text: '[project]\nname = "app"\nversion = "1"\ndependencies = ["torch>=2"]\n' },
    ];
    expect(pinLines((await resolve([], { requirements })).text)).toEqual(['numpy==1.0', 'torch==2.0+cpu']);
    const metadata =
      "Metadata-Version: 2.1\nName: ours\nVersion: 1.0\nRequires-Dist: torch ; (python_version > '3') and extra == 'x'\nProvides-Extra: x\n";
    const wheels = [{ file: 'ours-1.0-py3-none-any.whl', metadata }];
    expect(pinLines((await resolve(['ours[x]'], { wheels, ownPackages: ['ours'] })).text)).toContain('torch==2.0+cpu');
  });

  it('are proved with their local versions', async () => {
    const proof = await proveCell(
      cellFacts(main.url, { ...facts, requires: ['torch'] }),
      new Map([
        ['torch', '2.0+cpu'],
        ['numpy', '1.0'],
      ]),
    );
    expect(proof).toMatchObject({ direct: { value: ['torch'] }, again: { value: expect.any(Map) } });
    expect(proof.requirers.get('torch')).toContainEqual({ input: '"sources" of "index"' });
  });

  it('are refused where others alone require them', async () => {
    await expect(resolve(['model'])).rejects.toMatchObject({
      message: expect.stringContaining('"sources" names an index for torch'),
      remedy: expect.stringContaining('{ "inline": ["torch"] }'),
    });
    expect(pinLines((await resolve(['numpy'])).text)).toEqual(['numpy==1.0']);
  });
});
