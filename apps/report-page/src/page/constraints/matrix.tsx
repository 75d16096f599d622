/** Python × mode: a cell tells what its file holds and what changed in it, and opens it. One stop for Tab, arrows within. */
import { useRef, useState } from 'preact/hooks';
import type { PageFile } from '@nx-ci-cache/report/src/page/page-data';
import { routeHash } from '../route';
import { changedIn, marks } from './marks';
import { Mark } from './mark';
import { moved } from './moved';

export const Matrix = ({ files, open }: { readonly files: readonly PageFile[]; readonly open: string | undefined }) => {
  const modes = [...new Set(files.map(({ mode }) => mode))];
  const pythons = [...new Set(files.map(({ python }) => python))];
  const grid = pythons.map((python) =>
    modes.map((mode) => files.find((each) => each.mode === mode && each.python === python)),
  );
  const first = files.find(({ file }) => file === open) ?? files[0];
  const [current, setCurrent] = useState(first?.file);
  const table = useRef<HTMLTableElement>(null);
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = moved(
      grid.map((row) => row.map((file) => file?.file)),
      current,
      event.key,
    );
    if (next === undefined) return;
    event.preventDefault();
    setCurrent(next);
    table.current?.querySelector<HTMLElement>(`a[data-file="${CSS.escape(next)}"]`)?.focus();
  };
  return (
    <div class="scrolled">
      <table
        class="matrix"
        role="grid"
        aria-label="Constraint files by Python and mode"
        ref={table}
        onKeyDown={onKeyDown}
      >
        <thead>
          <tr>
            <th scope="col">Python</th>
            {modes.map((mode) => (
              <th scope="col">{mode}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {grid.map((row, at) => (
            <tr>
              <th scope="row">{pythons[at]}</th>
              {row.map((file) => (
                <td>
                  {file !== undefined && (
                    <Cell
                      file={file}
                      isOpen={file.file === open}
                      isCurrent={file.file === current}
                      onFocus={() => setCurrent(file.file)}
                    />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

interface CellProps {
  readonly file: PageFile;
  readonly isOpen: boolean;
  readonly isCurrent: boolean;
  readonly onFocus: () => void;
}

const Cell = ({ file: { file, isPublished, pins, counts }, isOpen, isCurrent, onFocus }: CellProps) => {
  const changed = changedIn(counts);
  return (
    <a
      href={routeHash({ section: 'constraints', file })}
      data-file={file}
      tabIndex={isCurrent ? 0 : -1}
      aria-current={isOpen ? 'true' : undefined}
      onFocus={onFocus}
    >
      <span class="pins">{pins} pins</span> <span>{isPublished ? `${changed} changed` : 'new'}</span>{' '}
      <span class="marks">
        {marks
          .filter(({ mark }) => counts[mark] > 0)
          .map(({ mark, word, sign }) => (
            <>
              <Mark mark={mark} sign={sign}>
                {counts[mark]} {word}
              </Mark>{' '}
            </>
          ))}
      </span>
    </a>
  );
};
