import { cellFacts } from '../testing/cell';
import { readable } from './unsolved';

const text = (path: string) => [{ path, text: '' }];
const facts = cellFacts('https://index.example.com/simple', {
  requires: [],
  constraints: text('bounds.in'),
  overrides: text('over.in'),
  buildConstraints: text('build.in'),
});

describe('readable', () => {
  it.each([
    ['input-0.txt:1:1', 'core.in:1:1'],
    ['in `constraints-0.txt`', 'in `bounds.in`'],
    ['in `build-constraints-0.txt`', 'in `build.in`'],
    ['in `overrides-0.txt`', 'in `over.in`'],
    ['in limits.txt', 'in "limits" of core'],
    ['in `output.txt`', 'in `the published pins of core`'],
    ['read `/tmp/nx-ci-cache-cell-12-Ab3_x/input-0.txt`: gone', 'read `core.in`: gone'],
    ['at: file:///var/folders/x/nx-ci-cache-cell-12-Ab3/libs/foo', 'at: libs/foo'],
    [
      'warning: The requested Python version 3.13 is not available; 3.11 will be used to build dependencies instead.',
      '',
    ],
  ])('%s → %s', (said, shown) => {
    expect(readable(said, facts)).toBe(shown);
  });
});
