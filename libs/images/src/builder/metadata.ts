/** What buildx's metadata file tells about a build. */

interface Provenance {
  readonly metadata?: { readonly buildFinishedOn?: string };
  readonly invocation?: { readonly environment?: { readonly platform?: string } };
  readonly buildConfig?: {
    readonly llbDefinition?: readonly {
      readonly id: string;
      /** `<id>:<output>` of what it is made from. */
      readonly inputs?: readonly string[];
      readonly op: { readonly Op?: Readonly<Record<string, unknown>> };
    }[];
    readonly digestMapping?: Readonly<Record<string, string>>;
  };
}

/** The file's JSON. */
export interface BuildMetadata {
  readonly 'containerimage.digest'?: string;
  /** A descriptor as JSON text; missing when no cache was exported. */
  readonly 'cache.manifest'?: string;
  /** `<builder>/<node>/<id>`. */
  readonly 'buildx.build.ref'?: string;
  readonly 'buildx.build.provenance'?: Provenance;
}

/** A vertex as progress tells of it. */
interface Vertex {
  readonly digest: string;
  /** E.g. `[deps 2/3] RUN make`. */
  readonly name: string;
  readonly cached: boolean;
}

export type Step = Omit<Vertex, 'digest'>;

export const cacheDigestOf = ({ 'cache.manifest': text }: BuildMetadata): string | undefined =>
  text === undefined ? undefined : (JSON.parse(text) as { digest: string }).digest;

export const nodeOf = ({ 'buildx.build.ref': ref = '' }: BuildMetadata): string => ref.split('/')[1] ?? '';

/** RUN, COPY, ADD and WORKDIR steps. Base images and loaded contexts do not count: they are never "cached". */
export const stepsOf = (metadata: BuildMetadata, vertices: readonly Vertex[]): Step[] =>
  vertices.filter(isStepOf(metadata)).map(({ name, cached }) => ({ name, cached }));

/** Whether a vertex is one of them. */
export const isStepOf = (metadata: BuildMetadata): ((vertex: Pick<Vertex, 'digest'>) => boolean) => {
  const kinds = stepKinds(metadata);
  return ({ digest }) => ['exec', 'file'].includes(kinds.get(digest) ?? '');
};

/** Platform of the node's machine, whatever platform it was given. */
export const machineOf = ({ 'buildx.build.provenance': provenance }: BuildMetadata): string | undefined =>
  provenance?.invocation?.environment?.platform;

/** When it ended by the node's own clock, in milliseconds; told by a provenance in mode `max` only. */
export const finishedOf = ({ 'buildx.build.provenance': provenance }: BuildMetadata): number | undefined => {
  const at = Date.parse(provenance?.metadata?.buildFinishedOn ?? '');
  return Number.isNaN(at) ? undefined : at;
};

/** Platform of the machine that ran a step; undefined when every RUN came from the cache, which proves nothing. */
export const ranOnOf = (metadata: BuildMetadata, vertices: readonly Vertex[]): string | undefined => {
  const kinds = stepKinds(metadata);
  const ran = vertices.some(({ digest, cached }) => kinds.get(digest) === 'exec' && !cached);
  return ran ? machineOf(metadata) : undefined;
};

/** Kind of operation by vertex digest. */
const stepKinds = ({ 'buildx.build.provenance': provenance }: BuildMetadata): ReadonlyMap<string, string> => {
  const { llbDefinition = [], digestMapping = {} } = provenance?.buildConfig ?? {};
  const kinds = new Map(llbDefinition.map(({ id, op }) => [id, Object.keys(op.Op ?? {})[0] ?? '']));
  return new Map(Object.entries(digestMapping).map(([digest, id]) => [digest, kinds.get(id) ?? '']));
};

/** Seconds of the longest chain of operations of which each needs the one before. @param seconds by vertex digest. */
export const criticalPathOf = (
  { 'buildx.build.provenance': provenance }: BuildMetadata,
  seconds: ReadonlyMap<string, number>,
): number => {
  const { llbDefinition = [], digestMapping = {} } = provenance?.buildConfig ?? {};
  const own = new Map(Object.entries(digestMapping).map(([digest, id]) => [id, seconds.get(digest) ?? 0]));
  const inputs = new Map(
    llbDefinition.map((each) => [each.id, (each.inputs ?? []).map((input) => input.split(':')[0])]),
  );
  const known = new Map<string, number>();
  const upTo = (id = ''): number => {
    const found = known.get(id) ?? (own.get(id) ?? 0) + Math.max(0, ...(inputs.get(id) ?? []).map(upTo));
    known.set(id, found);
    return found;
  };
  return Math.max(0, ...[...inputs.keys()].map(upTo));
};
