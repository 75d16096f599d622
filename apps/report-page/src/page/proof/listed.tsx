/** A titled table, or the sentence that there is nothing to list. */
import { Scrolled } from '../parts/scrolled';

interface Props {
  readonly title: string;
  /** Said instead of an empty table. */
  readonly none: string;
  readonly head: readonly string[];
  readonly children: readonly (readonly string[])[];
}

export const Listed = ({ title, none, head, children: rows }: Props) => (
  <>
    <h3>{title}</h3>
    {rows.length === 0 ? (
      <p>{none}</p>
    ) : (
      <Scrolled label={title}>
        <table>
          <thead>
            <tr>
              {head.map((each) => (
                <th scope="col">{each}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((cells) => (
              <tr>
                {cells.map((cell) => (
                  <td class="words">{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolled>
    )}
  </>
);
