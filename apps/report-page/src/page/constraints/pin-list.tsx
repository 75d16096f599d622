/** The rows of a file that are on the screen: a file may have a thousand. */
import type { PageRow } from '@nx-ci-cache/report/src/page/page-data';
import { routeHash, type Route } from '../route';
import { rowHeight, useWindow } from './use-window';
import { Mark } from './mark';
import { marks } from './marks';

interface Props {
  readonly rows: readonly PageRow[];
  readonly route: Route;
  readonly label: string;
}

export const PinList = ({ rows, route, label }: Props) => {
  const { container, items, height } = useWindow(rows.length);
  if (rows.length === 0) return <p class="none">No pin is like that.</p>;
  return (
    <div class="list" ref={container} tabIndex={0} role="table" aria-label={label} aria-rowcount={rows.length + 1}>
      <div role="rowgroup" class="head">
        <div role="row" aria-rowindex={1} class="pin">
          {['package', 'kind', 'before', 'now', 'age'].map((title) => (
            <span role="columnheader">{title}</span>
          ))}
        </div>
      </div>
      <div role="rowgroup" style={{ height: `${height}px`, position: 'relative' }}>
        {items.map(({ index, start }) => (
          <Row key={rows[index]?.name} row={rows[index] as PageRow} index={index} top={start} route={route} />
        ))}
      </div>
    </div>
  );
};

interface RowProps {
  readonly row: PageRow;
  readonly index: number;
  readonly top: number;
  readonly route: Route;
}

const Row = ({ row: { name, version, from, marks: has = [], ageDays }, index, top, route }: RowProps) => (
  <div
    role="row"
    aria-rowindex={index + 2}
    class={`pin ${route.pin === name ? 'chosen' : ''}`}
    style={{ position: 'absolute', height: `${rowHeight}px`, transform: `translateY(${top}px)` }}
  >
    <span role="cell">
      <a href={routeHash({ ...route, pin: name })} aria-current={route.pin === name ? 'true' : undefined}>
        {name}
      </a>
    </span>
    <span role="cell">
      {marks
        .filter(({ mark }) => has.includes(mark))
        .map(({ mark, word, sign }) => (
          <>
            <Mark mark={mark} sign={sign}>
              {word}
            </Mark>{' '}
          </>
        ))}
    </span>
    <span role="cell">{from ?? ''}</span>
    <span role="cell">{version ?? ''}</span>
    <span role="cell">{ageDays === undefined ? '' : `${ageDays} d`}</span>
  </div>
);
