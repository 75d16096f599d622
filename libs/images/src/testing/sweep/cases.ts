/** The faults that a build and its publishing meet: each request that decides, and what may happen to it. */

/** A request by which a run changes or reads the registry. */
export interface Moment {
  readonly name: string;
  readonly method: string;
  readonly path: RegExp;
  /** Whether the node asks it, or the run itself. */
  readonly by: 'node' | 'run';
}

const moments = {
  reading: { name: 'the leg tag is read', method: 'GET', path: /^\/v2\/sweep\/manifests\/leg--/, by: 'run' },
  layers: { name: 'layers are pushed', method: 'POST', path: /^\/v2\/sweep\/blobs\/uploads/, by: 'node' },
  image: { name: 'the image is pushed', method: 'PUT', path: /^\/v2\/sweep\/manifests\/sha256:/, by: 'node' },
  cacheLayers: {
    name: 'layers of the cache are pushed',
    method: 'POST',
    path: /^\/v2\/sweep-cache\/blobs\//,
    by: 'node',
  },
  cache: { name: 'the cache is pushed', method: 'PUT', path: /^\/v2\/sweep-cache\/manifests\//, by: 'node' },
  legTag: { name: 'the leg is recorded', method: 'PUT', path: /^\/v2\/sweep\/manifests\/leg--/, by: 'run' },
  fixed: { name: 'the fixed tag is written', method: 'PUT', path: /^\/v2\/sweep\/manifests\/[0-9a-f]{40}$/, by: 'run' },
  moving: { name: 'the moving tag is written', method: 'PUT', path: /^\/v2\/sweep\/manifests\/latest$/, by: 'run' },
} as const satisfies Readonly<Record<string, Moment>>;

export type Strike =
  /** The registry answers with it, always. */
  | { readonly what: 'status'; readonly status: number }
  /** Whoever asks gets no answer, or the network is gone from then on. */
  | { readonly what: 'hang' | 'cut' }
  /** The run, its buildx, the node or the registry is killed. */
  | { readonly what: 'end of the run' | 'SIGKILL of buildx' | 'SIGKILL of the node' | 'SIGKILL of the registry' }
  | { readonly what: 'full registry' }
  /** Another run begins and ends before the registry is asked. */
  | { readonly what: 'a run of the same commit' | 'a run of a newer commit' };

/** What a run finds when it begins or after its plan, and what comes over it in a step. */
const states = [
  ...(['dead node', 'hanging node', 'dead node after the plan', 'hanging node after the plan'] as const),
  ...(['full node', 'corrupt cache'] as const),
  ...(['node dies in a step', 'node gets full in a step', 'run ends in a step'] as const),
] as const;
export type State = (typeof states)[number];

export type Case =
  | { readonly name: string; readonly moment: Moment; readonly strike: Strike }
  | { readonly name: string; readonly state: State };

const at = (moment: Moment, strike: Strike): Case => ({
  name: `${strike.what}${strike.what === 'status' ? ` ${strike.status}` : ''}: ${moment.name}`,
  moment,
  strike,
});

const all: readonly Moment[] = Object.values(moments);
const written = all.filter(({ method }) => method !== 'GET');
const ofNode = all.filter(({ by }) => by === 'node');
const statuses = [401, 403, 404, 412, 413, 429, 500, 503];

export const cases: readonly Case[] = [
  ...written.flatMap((moment) => statuses.map((status) => at(moment, { what: 'status', status }))),
  ...all.flatMap((moment) => (['cut', 'end of the run'] as const).map((what) => at(moment, { what }))),
  ...written.map((moment) => at(moment, { what: 'SIGKILL of buildx' })),
  ...ofNode.flatMap((moment) => (['hang', 'SIGKILL of the node'] as const).map((what) => at(moment, { what }))),
  ...all.map((moment) => at(moment, { what: 'SIGKILL of the registry' })),
  ...written.map((moment) => at(moment, { what: 'full registry' })),
  // A node builds one leg at a time, and a registry cannot compare before it writes: nobody may come between there.
  ...[moments.reading, moments.legTag, moments.fixed, moments.moving].map((moment) =>
    at(moment, { what: 'a run of the same commit' }),
  ),
  ...[moments.reading, moments.fixed].map((moment) => at(moment, { what: 'a run of a newer commit' })),
  ...states.map((state) => ({ name: state, state })),
];

/** BuildKit asks again for a minute before it gives up. */
export const isSlow = (each: Case): boolean =>
  'moment' in each &&
  each.moment.by === 'node' &&
  (each.strike.what === 'status' ? each.strike.status >= 500 : each.strike.what === 'full registry');
