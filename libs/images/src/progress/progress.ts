/** Reads BuildKit's rawjson progress, which buildx mixes with plain text lines on stderr, while it comes. */
import { StringDecoder } from 'node:string_decoder';
import { keepTail } from '@nx-ci-cache/process';

/** What became of a step. Its texts are as they were printed, secrets included, as are all texts of a progress. */
export interface Vertex {
  readonly digest: string;
  /** E.g. `[deps 2/3] RUN make`. */
  readonly name: string;
  readonly cached: boolean;
  readonly completed: boolean;
  /** Milliseconds since 1970 by the node's clock; one that was cached has them too. */
  readonly startedAt?: number;
  readonly completedAt?: number;
  readonly error?: string;
}

export interface Progress {
  /** In the order they were first named. */
  readonly vertices: readonly Vertex[];
  /** The end of each vertex's output by digest: 64 Ki characters or all. */
  readonly logs: Readonly<Record<string, string>>;
  /** Lines that were no progress, in order: the last 64 Ki characters or all. */
  readonly texts: readonly string[];
}

interface RawVertex {
  readonly digest: string;
  readonly name: string;
  readonly started?: string;
  readonly completed?: string;
  readonly cached?: boolean;
  readonly error?: string;
}

/** What is fetched or written for a vertex. */
export interface Transfer {
  readonly vertex: string;
  readonly id: string;
  readonly bytes: number;
}

interface RawEvent {
  readonly vertexes?: readonly RawVertex[];
  readonly statuses?: readonly { readonly vertex: string; readonly id: string; readonly current?: number }[];
  readonly logs?: readonly { readonly vertex: string; readonly data?: string }[];
}

/** The event of a line, or undefined when the line is plain text. */
export const parseEvent = (line: string): RawEvent | undefined => {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as RawEvent;
  } catch {
    return undefined;
  }
};

export interface ProgressReader {
  /** Takes a line as buildx printed it: redacted before, a secret that is part of JSON or base64 would break it. */
  readonly read: (line: string) => void;
  /** The state after all lines so far. A later event about a vertex replaces an earlier one; errors stay. */
  readonly progress: () => Progress;
}

const kept = 64 * 1024;

/** @param onVertex is told each change of a vertex. Memory does not grow with what the steps print. */
export const progressReader = (
  onVertex: (vertex: Vertex) => void = () => undefined,
  onTransfer: (transfer: Transfer) => void = () => undefined,
): ProgressReader => {
  const vertices = new Map<string, Vertex>();
  const logs = new Map<string, ReturnType<typeof log>>();
  const texts = keepTail(kept);
  const logOf = (digest: string) => {
    const known = logs.get(digest) ?? log();
    logs.set(digest, known);
    return known;
  };
  const update = (raw: RawVertex) => {
    const vertex = merge(vertices.get(raw.digest), raw);
    vertices.set(raw.digest, vertex);
    onVertex(vertex);
  };
  return {
    read: (line) => {
      const event = parseEvent(line);
      if (event === undefined) texts.add(`${line}\n`);
      event?.vertexes?.forEach(update);
      event?.statuses?.forEach(({ vertex, id, current = 0 }) => onTransfer({ vertex, id, bytes: current }));
      event?.logs?.forEach(({ vertex, data = '' }) => logOf(vertex).add(data));
    },
    progress: () => ({
      vertices: [...vertices.values()],
      logs: Object.fromEntries([...logs].map(([digest, { text }]) => [digest, text()])),
      texts: texts.text().split('\n').slice(0, -1),
    }),
  };
};

/** The output of one vertex. A character may be cut in two by the events that bring it. */
const log = () => {
  const tail = keepTail(kept);
  const decoder = new StringDecoder('utf8');
  return { add: (data: string) => tail.add(decoder.write(Buffer.from(data, 'base64'))), text: tail.text };
};

const merge = (known: Vertex | undefined, raw: RawVertex): Vertex => {
  const error = raw.error || known?.error;
  return {
    digest: raw.digest,
    name: raw.name,
    // Once said it stays: what fetches the layers of a cached step is told as the same vertex at work.
    cached: raw.cached === true || (known?.cached ?? false),
    completed: raw.completed !== undefined,
    ...instant('startedAt', raw.started ?? known?.startedAt),
    ...instant('completedAt', raw.completed),
    ...(error ? { error } : {}),
  };
};

const instant = <Name extends string>(name: Name, value: string | number | undefined) =>
  (value === undefined ? {} : { [name]: new Date(value).getTime() }) as { readonly [Key in Name]?: number };
