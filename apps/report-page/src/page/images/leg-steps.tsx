/** Why a leg was built, and its steps: shown when they are asked for, because two hundred legs have thousands. */
import { useState } from 'preact/hooks';
import type { PageLeg } from '@nx-ci-cache/report/src/page/page-data';
import { secondsText } from '../parts/format';

export const LegSteps = ({ leg }: { readonly leg: PageLeg }) => {
  const [isOpen, setOpen] = useState(false);
  const { reasons, text, timings = [], ran = [], cacheMissing, retries } = leg;
  const hasMore = timings.length > 0 || ran.length > 0;
  return (
    <>
      {reasons.length > 0 ? reasons.join('; ') : text}
      {cacheMissing !== undefined && <p class="missing">Its cache is missing: {cacheMissing}</p>}
      {retries !== undefined && <p>Begun again {retries} times.</p>}
      {hasMore && (
        <details onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary>{timings.length} steps</summary>
          {isOpen && (
            <>
              <ul>
                {ran.map(({ step, reasons: why }) => (
                  <li>
                    <code>{step}</code> {why.join('; ')}
                  </li>
                ))}
              </ul>
              <table>
                <tbody>
                  {timings.map(({ step, cached, seconds }) => (
                    <tr>
                      <td>
                        <code>{step}</code>
                      </td>
                      <td>{cached ? 'cached' : 'built'}</td>
                      <td class="number">{secondsText(seconds)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </>
          )}
        </details>
      )}
    </>
  );
};
