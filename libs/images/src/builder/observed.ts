/** The builder as buildx sees it. */

export interface ObservedNode {
  readonly name: string;
  readonly endpoint: string;
  readonly status: string;
  readonly error?: string;
  /** Of its BuildKit; a node that does not answer has none. */
  readonly version?: string;
  readonly driverOptions: Readonly<Record<string, string>>;
  /** Platforms the node was given explicitly, as opposed to those it could emulate. */
  readonly explicit: readonly string[];
}

export interface ObservedBuilder {
  readonly driver: string;
  readonly error?: string;
  readonly nodes: readonly ObservedNode[];
}

export const isRunning = ({ status }: Pick<ObservedNode, 'status'>): boolean => status === 'running';

interface Listed {
  readonly Name: string;
  readonly Driver: string;
  readonly Err?: string;
  readonly Nodes?: readonly {
    readonly Name: string;
    readonly Endpoint: string;
    readonly Status?: string;
    readonly Err?: string;
    readonly Version?: string;
    readonly DriverOpts?: Readonly<Record<string, string>>;
  }[];
}

/**
 * Joins two listings of `buildx ls`: the JSON one, which alone has driver and errors, and the table, whose `*` alone
 * tells explicit platforms from emulated ones. Undefined when there is no builder of that name.
 */
export const observedBuilder = (name: string, json: string, table: string): ObservedBuilder | undefined => {
  const builders = json.split('\n').filter((line) => line.startsWith('{'));
  const found = builders.map((line) => JSON.parse(line) as Listed).find((builder) => builder.Name === name);
  if (found === undefined) return undefined;
  const explicit = explicitPlatforms(table);
  return {
    driver: found.Driver,
    ...(found.Err ? { error: found.Err } : {}),
    nodes: (found.Nodes ?? []).map((node) => ({
      name: node.Name,
      endpoint: node.Endpoint,
      status: node.Status ?? 'unknown',
      ...(node.Err ? { error: node.Err } : {}),
      ...(node.Version ? { version: node.Version } : {}),
      driverOptions: node.DriverOpts ?? {},
      explicit: explicit.get(`${name}\t${node.Name}`) ?? [],
    })),
  };
};

/** `--format` of the table listing. */
export const tableFormat = '{{.Builder.Name}}\t{{.Name}}\t{{.Platforms}}';

const explicitPlatforms = (table: string): ReadonlyMap<string, readonly string[]> =>
  new Map(
    table.split('\n').map((line) => {
      const [builder = '', node = '', platforms = ''] = line.trimEnd().split('\t');
      const marked = platforms.split(', ').filter((platform) => platform.endsWith('*'));
      return [`${builder}\t${node}`, marked.map((platform) => platform.slice(0, -1))] as const;
    }),
  );
