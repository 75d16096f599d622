import { fetchHeadsArgs, fetchHistoryArgs } from './argv';

const oid = 'a'.repeat(40);

it('names the remote and refs behind -- only', () => {
  for (const args of [fetchHistoryArgs([oid], 5), fetchHeadsArgs(5)])
    expect(args.slice(0, args.indexOf('--')).join(' ')).not.toMatch(/target|refs\//);
});

it('fetches history without trees, as old imports left it, as deep as it is told or whole', () => {
  expect(fetchHistoryArgs([oid], undefined).join(' ')).not.toContain('--depth');
  expect(fetchHistoryArgs([oid], 7).slice(0, 3)).toEqual(['-c', 'transfer.fsckObjects=false', 'fetch']);
  expect(fetchHistoryArgs([oid], 7)).toEqual(expect.arrayContaining(['--depth=7', '--filter=tree:0']));
});
