import type { CellFacts } from '@nx-ci-cache/records';
import type { StepContext } from '../context/context';
import { changesRecord } from './changes-record';
import type { CheckedCell } from './check-cell';

const checked = (mode: string, facts: Partial<CellFacts>): CheckedCell => {
  const changes = [{ name: 'lib', kind: 'upgraded' as const, from: '1', to: '2' }];
  return {
    cell: { mode, python: '3.13' },
    facts: { mode, cutoff: '2026-05-02T00:00:00Z', ...facts } as CellFacts,
    ...{ digest: 'd', pins: new Map(), published: new Map(), requirers: new Map() },
    changes: { file: `${mode}-3.13.txt`, published: true, unchanged: 0, changes },
    judgement: { refusals: [], overrides: [] },
  };
};
const frozen = checked('frozen', { image: 'ci', indexUrl: '' });
const resolved = checked('core', { indexUrl: 'http://index.example/simple' });

const releasesOf = async (cells: readonly CheckedCell[]) => {
  const { files } = await changesRecord('r', cells, { environment: {} } as StepContext);
  return files.flatMap(({ changes }) => changes.map(({ release }) => release));
};

describe('changesRecord', () => {
  const asked: string[] = [];
  beforeEach(() => {
    asked.length = 0;
    jest.spyOn(globalThis, 'fetch').mockImplementation((url) => {
      asked.push(String(url));
      const body = JSON.stringify({ files: [{ filename: 'lib-2.zip', 'upload-time': '2026-05-01T00:00:00Z' }] });
      return Promise.resolve(new Response(body, { headers: { 'content-type': 'application/json' } }));
    });
  });
  afterEach(() => jest.restoreAllMocks());

  it('looks releases up at the index of a cell that is resolved, whatever cell comes first', async () => {
    const release = { uploaded: '2026-05-01T00:00:00Z', ageDays: 1 };
    expect(await releasesOf([frozen, resolved])).toEqual([release, release]);
    expect(asked).toEqual(['http://index.example/simple/lib/']);
  });

  it('asks no index when every mode freezes an image', async () => {
    expect(await releasesOf([frozen])).toEqual([undefined]);
    expect(asked).toEqual([]);
  });
});
