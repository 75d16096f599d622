import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CellFacts } from '@nx-ci-cache/records';
import type { StepContext } from '../context/context';
import { changesRecord } from './changes-record';
import type { CheckedCell } from './check-cell';

const checked = (mode: string, facts: Partial<CellFacts>): CheckedCell => {
  const changes = [{ name: 'lib', kind: 'upgraded' as const, from: '1', to: '2' }];
  return {
    cell: { mode, python: '3.13' },
    facts: { mode, cutoff: '2026-05-02T00:00:00Z', ...facts } as CellFacts,
    ...{ digest: 'd', held: [], pins: new Map(), published: new Map(), requirers: new Map() },
    changes: { file: `${mode}-3.13.txt`, published: true, unchanged: 0, changes },
    judgement: { refusals: [], overrides: [] },
  };
};
const frozen = checked('frozen', { image: 'ci', indexUrl: '' });

const releasesOf = async (cells: readonly CheckedCell[]) => {
  const { files } = await changesRecord({ run: 'r', inputs: 'i' }, cells, { environment: {} } as StepContext);
  return files.flatMap(({ changes }) => changes.map(({ release }) => release));
};

describe('changesRecord', () => {
  let asked: string[];
  let server: Server;

  beforeEach(async () => {
    asked = [];
    server = createServer(({ url }, answer) => {
      asked.push(String(url));
      answer.setHeader('content-type', 'application/json');
      answer.end(JSON.stringify({ files: [{ filename: 'lib-2.zip', 'upload-time': '2026-05-01T00:00:00Z' }] }));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  it('looks releases up at the index of a cell that is resolved, whatever cell comes first', async () => {
    const resolved = checked('core', { indexUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/simple` });
    const release = { uploaded: '2026-05-01T00:00:00Z', ageDays: 1 };
    expect(await releasesOf([frozen, resolved])).toEqual([release, release]);
    expect(asked).toEqual(['/simple/lib/']);
  });

  it('asks no index when every mode freezes an image', async () => {
    expect(await releasesOf([frozen])).toEqual([undefined]);
    expect(asked).toEqual([]);
  });
});
