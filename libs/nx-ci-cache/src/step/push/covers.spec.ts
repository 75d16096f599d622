import { minimatch } from 'minimatch';
import { covers, holds } from './covers';

const patterns = [
  'dist/a',
  'dist/a/',
  'dist/a/x.json',
  'dist/a/*.json',
  'dist/./a',
  'dist/a b',
  'dist/[a]',
  '#dist',
  '!dist/a',
  '',
  '**/*',
];
const files = ['dist/a', 'dist/a/x.json', 'dist/a/.x/y.json', 'dist/ab', 'dist/a b/x', '#dist', 'dist/b'];
const pairs = patterns.flatMap((pattern) => files.map((file): [string, string] => [pattern, file]));

describe('the short way for plain paths', () => {
  it.each(pairs)('says of %j and %j what Nx’s matcher says', (pattern, file) => {
    const asNx = (glob: string) => minimatch(file, glob, { dot: true });
    expect(covers(pattern, file)).toBe(asNx(pattern));
    expect(holds(pattern, file)).toBe(asNx(pattern) || asNx(`${pattern}/**`));
  });
});
