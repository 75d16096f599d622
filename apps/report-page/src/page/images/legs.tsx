/** Each leg: where it was built, what came from the cache, why the rest did not, and what it left in the registry. */
import type { PageLeg } from '@nx-ci-cache/report/src/page/page-data';
import { bytesText, secondsText } from '../parts/format';
import { Scrolled } from '../parts/scrolled';
import { Status } from '../parts/status';
import { CacheSize } from './cache-size';
import { LegSteps } from './leg-steps';

const head = ['leg', 'result', 'node', 'time', 'cached', 'image', 'cache', 'why and what'];

export const Legs = ({ legs }: { readonly legs: readonly PageLeg[] }) => (
  <>
    <h3>{legs.length} legs</h3>
    <Scrolled label="Legs">
      <table>
        <thead>
          <tr>
            {head.map((title) => (
              <th scope="col">{title}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {legs.map((leg) => (
            <tr key={leg.step}>
              <th scope="row">{leg.step}</th>
              <td>
                <Status status={leg.status} />
                {leg.replayed && ' restored by Nx'}
              </td>
              <td>
                {leg.node ?? ''} {leg.emulatedOn !== undefined && <b>emulated on {leg.emulatedOn}</b>}
              </td>
              <td class="number">{secondsText(leg.seconds)}</td>
              <td class="number">{leg.steps === undefined ? '' : `${leg.steps.cached}/${leg.steps.total}`}</td>
              <td class="number">{bytesText(leg.imageBytes)}</td>
              <td class="number">
                <CacheSize leg={leg} />
              </td>
              <td class="words">
                <LegSteps leg={leg} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolled>
  </>
);
