/** Each row of the causes stands in the documentation, and nothing else. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { causes, unknown } from './causes';

it('is documented, row by row', () => {
  const page = readFileSync(join(__dirname, '../../../../docs/failures.md'), 'utf8');
  const [, table = ''] = page.split('| cause | class | known by |\n| --- | --- | --- |\n');
  const rows = table
    .split('\n\n')[0]
    ?.split('\n')
    .map((row) => row.split(' | ').slice(0, 2).join(': ').replace('| ', ''));
  expect(rows).toEqual([...new Set([...causes, unknown].map((cause) => `${cause.name}: ${cause.class}`))]);
});
