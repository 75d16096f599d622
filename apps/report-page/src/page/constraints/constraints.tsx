/** The constraint files: all of them as a matrix, and one of them pin by pin. */
import type { PageData } from '@nx-ci-cache/report';
import type { Route } from '../route';
import { File } from './file';
import { Matrix } from './matrix';

export const Constraints = ({ data, route }: { readonly data: PageData; readonly route: Route }) => {
  const file = data.files.find((each) => each.file === route.file);
  return (
    <>
      {data.refusals.length > 0 && (
        <div class="refused">
          <h3>Refused: nothing of this may be pushed</h3>
          <ul>
            {data.refusals.map(({ file: name, guard, text, remedy }) => (
              <li>
                <b>{name}</b>, {guard}: {text} {remedy}
              </li>
            ))}
          </ul>
        </div>
      )}
      {data.files.length === 0 ? (
        <p>This run made no constraint file.</p>
      ) : (
        <Matrix files={data.files} open={route.file} />
      )}
      {route.file !== undefined && file === undefined && <p>No file of this run is called {route.file}.</p>}
      {file !== undefined && <File file={file} route={route} key={file.file} />}
    </>
  );
};
