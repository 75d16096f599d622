/** An agreement in words: the share first, then every difference, so that the whole fits a comment. */
import { shareOf, type Agreement } from './agreement';

export const agreementLines = (agreement: Agreement, left: string, right: string): string[] => {
  const { shared, different, onlyLeft, onlyRight } = agreement;
  const equal = shared - different.length;
  return [
    `${equal} of ${shared} shared pins agree (${(100 * shareOf(agreement)).toFixed(1)} %)`,
    ...different.map((each) => `  ${each.name}: ${each.left} ≠ ${each.right}`),
    ...only(left, onlyLeft),
    ...only(right, onlyRight),
  ];
};

const only = (file: string, names: readonly string[]): string[] =>
  names.length === 0 ? [] : [`${names.length} only in ${file}: ${names.join(', ')}`];
