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

  it.each([
    ['requirements/limits.txt', 'input-0.txt:1:1', 'requirements/limits.txt:1:1'],
    ['output.txt', 'in `input-0.txt`, not in output.txt', 'in `output.txt`, not in the published pins of core'],
    ['constraints-0.txt', '/tmp/nx-ci-cache-cell-1-A/input-0.txt', 'constraints-0.txt'],
    ['core.in', 'at: file:///tmp/nx-ci-cache-cell-1-A/requirements/limits.txt', 'at: requirements/limits.txt'],
    ['core.in', 'my-limits.txt limits.txt-old', 'my-limits.txt limits.txt-old'],
  ])('leaves a name that people gave themselves: %s', (path, said, shown) => {
    expect(readable(said, { ...facts, requirements: text(path) })).toBe(shown);
  });
});
