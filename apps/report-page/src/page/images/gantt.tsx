/** The run as bars by node and step. What it shows stands in words below it and in the table of legs. */
import type { Bar, Timeline } from '@nx-ci-cache/report/src/page/timeline';
import { secondsText } from '../parts/format';
import { lanesOf } from './lanes';

export const Gantt = ({ timeline: { seconds, bars, recoverable } }: { readonly timeline: Timeline }) => {
  const critical = bars.filter((bar) => bar.critical);
  return (
    <section aria-labelledby="gantt-title">
      <h3 id="gantt-title">{secondsText(seconds)} by the clock</h3>
      <div class="gantt" role="img" aria-label={`${bars.length} bars of what ran, by node and step`}>
        {lanesOf(bars).map(({ name, rows }) => (
          <div class="lane">
            <span class="lane-name">{name}</span>
            <div class="rows">
              {rows.map((row) => (
                <div class="bars">
                  {row.map((bar) => (
                    <span class={classOf(bar)} title={titleOf(bar)} style={placeOf(bar, seconds)} />
                  ))}
                </div>
              ))}
            </div>
          </div>
        ))}
      </div>
      <p class="legend">
        <span class="bar critical" /> critical path <span class="bar" /> beside it <span class="bar emulated" />{' '}
        emulated
      </p>
      <p>Critical path: {critical.map(({ step, seconds: took }) => `${step} (${secondsText(took)})`).join(' → ')}</p>
      {recoverable.length > 0 && (
        <ul>
          {recoverable.map(({ seconds: saved, how }) => (
            <li>
              {secondsText(saved)}: {how}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
};

const classOf = ({ critical, emulatedOn }: Bar): string =>
  ['bar', ...(critical ? ['critical'] : []), ...(emulatedOn === undefined ? [] : ['emulated'])].join(' ');

const titleOf = ({ step, seconds, emulatedOn }: Bar): string =>
  `${step}: ${secondsText(seconds)}${emulatedOn === undefined ? '' : `, emulated on ${emulatedOn}`}`;

const placeOf = ({ start, seconds }: Bar, all: number) => {
  const share = (part: number) => `${all === 0 ? 0 : (part / all) * 100}%`;
  return { left: share(start), width: share(seconds) };
};
