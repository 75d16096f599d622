/** The status as metrics: one series per cell, leg and image, and none for what is not known. */
import { openMetrics, type Family, type Sample } from './openmetrics';
import type { StatusReport } from './status-report';

export const statusMetrics = (report: StatusReport): string => openMetrics(familiesOf(report));

const outcomes = ['fresh', 'changes-pending', 'trouble'] as const;

const familiesOf = ({ project, outcome, observedAt, branch, index, cells, ...rest }: StatusReport): Family[] => {
  const { legs, images, refresh, troubles } = rest;
  const own = (value: number | undefined): Sample[] => samplesOf({ project }, value);
  const each = <Part>(parts: readonly Part[], of: (part: Part) => readonly [object, number | undefined]): Sample[] =>
    parts.flatMap((part) => {
      const [labels, value] = of(part);
      return samplesOf({ project, ...labels }, value);
    });
  return [
    {
      ...{ name: 'ci_cache_outcome', type: 'stateset', help: 'What a look at branch, index and registry came to.' },
      samples: outcomes.map((state) => ({
        labels: { project, ci_cache_outcome: state },
        value: Number(state === outcome),
      })),
    },
    gauge('ci_cache_troubles', 'What could not be looked at, or is broken.', own(troubles.length)),
    seconds('ci_cache_observed_timestamp', 'When it was looked.', own(instant(observedAt))),
    seconds('ci_cache_branch_committed_timestamp', 'When the tip was made.', own(instant(branch?.committedAt))),
    seconds(
      'ci_cache_cutoff_timestamp',
      'Up to when published constraints see the index.',
      own(instant(index?.cutoff)),
    ),
    gauge('ci_cache_windows_behind', 'How often the cut-off has moved since.', own(index?.windowsBehind)),
    gauge(
      'ci_cache_cell_stale',
      'Whether a resolution may pin anything else, or there is no file.',
      each(cells, ({ cell, state }) => [{ cell }, stale(state)]),
    ),
    gauge(
      'ci_cache_cell_new_releases',
      'Pins with a newer release since the cut-off.',
      each(cells, ({ cell, releases }) => [{ cell }, releases?.newSince]),
    ),
    gauge(
      'ci_cache_leg_stale',
      'Whether a leg is stale, or was never built.',
      each(legs, ({ leg, state }) => [{ leg }, stale(state)]),
    ),
    seconds(
      'ci_cache_leg_observed_timestamp',
      'When the run that built it looked at the world.',
      each(legs, ({ leg, recorded }) => [{ leg }, instant(recorded?.observedAt)]),
    ),
    seconds(
      'ci_cache_leg_build',
      'What its build took.',
      each(legs, ({ leg, recorded }) => [{ leg }, recorded?.seconds]),
    ),
    bytes(
      'ci_cache_leg_image',
      'Layers of the image, as the registry holds them.',
      each(legs, ({ leg, recorded }) => [{ leg }, recorded?.imageBytes]),
    ),
    bytes(
      'ci_cache_leg_cache',
      'Layers of the cache ref.',
      each(legs, ({ leg, cacheBytes }) => [{ leg }, cacheBytes]),
    ),
    gauge(
      'ci_cache_image_whole',
      'Whether the moving tag holds an index with all platforms.',
      each(images, ({ name, state }) => [{ image: name }, state === 'unknown' ? undefined : Number(state === 'whole')]),
    ),
    gauge('ci_cache_refresh_legs', 'Legs that a refresh would build.', own(refresh.builds.length)),
    seconds(
      'ci_cache_refresh_building',
      'What that took last time.',
      own(refresh.time.building.untimed.length === 0 ? refresh.time.building.seconds : undefined),
    ),
  ];
};

const samplesOf = (labels: Readonly<Record<string, string>>, value: number | undefined): Sample[] =>
  value === undefined ? [] : [{ labels, value }];

const gauge = (name: string, help: string, samples: readonly Sample[]): Family => ({
  ...{ name, help, type: 'gauge', samples },
});

const seconds = (name: string, help: string, samples: readonly Sample[]): Family => ({
  ...gauge(`${name}_seconds`, help, samples),
  unit: 'seconds',
});

const bytes = (name: string, help: string, samples: readonly Sample[]): Family => ({
  ...gauge(`${name}_bytes`, help, samples),
  unit: 'bytes',
});

const instant = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : Date.parse(text) / 1000;

const stale = (state: StatusReport['legs'][number]['state']): number | undefined =>
  state === 'unknown' ? undefined : Number(state !== 'fresh');
