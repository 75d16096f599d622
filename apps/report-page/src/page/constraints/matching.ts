/** Which rows of a file are asked for. */
import type { PageRow } from '@nx-ci-cache/report/src/page/page-data';
import type { Route } from '../route';
import { changes } from './marks';

export const matching = (
  rows: readonly PageRow[],
  { search, mark }: Pick<Route, 'search' | 'mark'>,
): readonly PageRow[] => {
  const wanted = search.trim().toLowerCase();
  return rows.filter(
    ({ name, marks = [] }) =>
      name.toLowerCase().includes(wanted) &&
      (mark === undefined ||
        (mark === 'changed' ? changes.some((each) => marks.includes(each)) : marks.includes(mark))),
  );
};
