/** Reads BuildKit's rawjson progress, which buildx mixes with plain text lines on stderr. */

export interface Vertex {
  readonly digest: string;
  /** E.g. `[deps 2/3] RUN make`. */
  readonly name: string;
  readonly cached: boolean;
  readonly completed: boolean;
  readonly error?: string;
}

export interface Progress {
  /** In the order they were first named. */
  readonly vertices: readonly Vertex[];
  /** Output of each vertex by digest. */
  readonly logs: Readonly<Record<string, string>>;
  /** Lines that were no progress, in order. */
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

export interface RawEvent {
  readonly vertexes?: readonly RawVertex[];
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

/** The state after all lines. A later event about a vertex replaces an earlier one; errors stay. */
export const parseProgress = (lines: Iterable<string>): Progress => {
  const vertices = new Map<string, Vertex>();
  const logs = new Map<string, Buffer[]>();
  const texts: string[] = [];
  for (const line of lines) {
    const event = parseEvent(line);
    if (event === undefined) texts.push(line);
    for (const raw of event?.vertexes ?? []) vertices.set(raw.digest, merge(vertices.get(raw.digest), raw));
    for (const { vertex, data = '' } of event?.logs ?? []) {
      logs.set(vertex, [...(logs.get(vertex) ?? []), Buffer.from(data, 'base64')]);
    }
  }
  const decoded = [...logs].map(([vertex, parts]) => [vertex, Buffer.concat(parts).toString('utf8')] as const);
  return { vertices: [...vertices.values()], logs: Object.fromEntries(decoded), texts };
};

const merge = (known: Vertex | undefined, raw: RawVertex): Vertex => {
  const error = raw.error || known?.error;
  return {
    digest: raw.digest,
    name: raw.name,
    // Only an event that has started says so: a vertex is named again before and after.
    cached: raw.started === undefined ? (known?.cached ?? false) : raw.cached === true,
    completed: raw.completed !== undefined,
    ...(error ? { error } : {}),
  };
};
