/** One constraint file: its pins, found by name and by kind, and all that is known of the chosen one. */
import { useMemo } from 'preact/hooks';
import type { PageFile } from '@nx-ci-cache/report/src/page/page-data';
import { routeHash, type Route } from '../route';
import { replaceHash } from '../use-route';
import { changedIn, marks } from './marks';
import { matching } from './matching';
import { PinDetail } from './pin-detail';
import { PinList } from './pin-list';

export const File = ({ file, route }: { readonly file: PageFile; readonly route: Route }) => {
  const { search, mark } = route;
  const rows = useMemo(
    () => matching(file.rows, { search, ...(mark === undefined ? {} : { mark }) }),
    [file, search, mark],
  );
  const chosen = file.rows.find(({ name }) => name === route.pin);
  const changed = changedIn(file.counts);
  const filters = [
    { mark: 'changed' as const, word: 'changed', count: changed },
    ...marks.map((each) => ({ ...each, count: file.counts[each.mark] })),
  ];
  return (
    <section class="file" aria-labelledby="file-title">
      <h3 id="file-title">{file.file}</h3>
      <div class="filters">
        <label>
          Search{' '}
          <input
            type="search"
            value={search}
            onInput={(event) => replaceHash(routeHash({ ...route, search: event.currentTarget.value }))}
          />
        </label>
        <div role="group" aria-label="Filter by kind">
          {filters
            .filter(({ mark: each, count }) => count > 0 || each === mark)
            .map(({ mark: each, word, count }) => (
              <button
                type="button"
                aria-pressed={each === mark}
                onClick={() => (location.hash = routeHash(toggled(route, each)))}
              >
                {count} {word}
              </button>
            ))}
        </div>
        <span role="status">
          {rows.length} of {file.rows.length} shown
        </span>
      </div>
      <div class="drilled">
        <PinList rows={rows} route={route} label={`Pins of ${file.file}`} />
        {chosen !== undefined && <PinDetail row={chosen} pages={file.pages} />}
      </div>
    </section>
  );
};

const toggled = ({ mark, ...route }: Route, pressed: NonNullable<Route['mark']>): Route =>
  mark === pressed ? route : { ...route, mark: pressed };
