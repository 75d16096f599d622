/** Every change of every file as a table, for paper, which does not scroll. */
import type { PageFile } from '@nx-ci-cache/report/src/page/page-data';
import { matching } from './matching';

export const PrintedChanges = ({ files }: { readonly files: readonly PageFile[] }) => (
  <>
    {files
      .map((file) => ({ file, rows: matching(file.rows, { search: '', mark: 'changed' }) }))
      .filter(({ rows }) => rows.length > 0)
      .map(({ file: { file }, rows }) => (
        <>
          <h3>{file}</h3>
          <table>
            <thead>
              <tr>
                {['package', 'before', 'now', 'required by', 'notes'].map((title) => (
                  <th scope="col">{title}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ name, from = '', version = '', requiredBy = [], notes = [] }) => (
                <tr>
                  <th scope="row">{name}</th>
                  <td>{from}</td>
                  <td>{version}</td>
                  <td>{requiredBy.join(', ')}</td>
                  <td>{notes.join('; ')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      ))}
  </>
);
