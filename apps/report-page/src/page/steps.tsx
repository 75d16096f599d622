/** Every step of the run in its order, with all that it said. */
import type { PageData } from '@nx-ci-cache/report';
import { Scrolled } from './parts/scrolled';
import { secondsText } from './parts/format';
import { Status } from './parts/status';

export const Steps = ({ data: { steps } }: { readonly data: PageData }) => (
  <Scrolled label="Steps of the run">
    <table>
      <thead>
        <tr>
          <th scope="col">step</th>
          <th scope="col">result</th>
          <th scope="col" class="number">
            seconds
          </th>
          <th scope="col">what happened</th>
        </tr>
      </thead>
      <tbody>
        {steps.map(({ step, status, text, seconds, replayed }) => (
          <tr>
            <th scope="row">{step}</th>
            <td>
              <Status status={status} />
            </td>
            <td class="number">{secondsText(seconds)}</td>
            <td class="words">
              {text}
              {replayed && ' (restored by Nx)'}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </Scrolled>
);
