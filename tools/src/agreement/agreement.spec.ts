import { parsePins, type Pins } from '@nx-ci-cache/constraints';
import { agreementOf, shareOf } from './agreement';
import { agreementLines } from './render';

const pins = (...lines: string[]): Pins => parsePins(lines.join('\n'), 'file');

describe('agreementOf', () => {
  it.each([
    ['the same in another order and spelling', pins('A_b==1', 'c==2'), pins('c==2', 'a-b==1'), [2, 0, 0, 0], 1],
    ['another version', pins('a==1', 'c==2'), pins('a==1', 'c==3'), [2, 1, 0, 0], 0.5],
    ['more on one side', pins('a==1', 'b==1'), pins('a==1'), [1, 0, 1, 0], 1],
    ['more on the other side', pins('a==1'), pins('a==1', 'b==1'), [1, 0, 0, 1], 1],
    ['nothing shared', pins('a==1'), pins('b==1'), [0, 0, 1, 1], 0],
    ['two empty files', pins(), pins(), [0, 0, 0, 0], 0],
  ])('with %s', (_case, left, right, counts, share) => {
    const agreement = agreementOf(left, right);
    const { shared, different, onlyLeft, onlyRight } = agreement;
    expect([shared, different.length, onlyLeft.length, onlyRight.length]).toEqual(counts);
    expect(shareOf(agreement)).toBe(share);
  });
});

describe('agreementLines', () => {
  it('names every difference and what only one file has', () => {
    const agreement = agreementOf(pins('a==1', 'b==2', 'c==1'), pins('a==1', 'b==3', 'd==1'));
    expect(agreementLines(agreement, 'ours.txt', 'theirs.txt')).toEqual([
      '1 of 2 shared pins agree (50.0 %)',
      '  b: 2 ≠ 3',
      '1 only in ours.txt: c',
      '1 only in theirs.txt: d',
    ]);
  });
});
