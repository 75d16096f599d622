/** Sources of ADD that lie behind an address, told apart as BuildKit does, and whether what lies there can move. */

export interface RemoteSource {
  readonly kind: 'http' | 'git';
  /** Git goes there by ssh, with the keys of an agent. */
  readonly isSsh: boolean;
  /** Without what stands behind `?` and `#`. */
  readonly address: string;
  readonly reference: string;
  readonly commit?: string;
}

const url = /^([a-zA-Z0-9]+):\/\/([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/u;
const scp = /^([a-zA-Z0-9-_]+@[a-zA-Z0-9-.]+:)(.*?)(?:\?(.*?))?(?:#(.*))?$/u;

/** Undefined for a path. */
export const remoteSource = (source: string): RemoteSource | undefined => {
  const [, scheme = '', host = '', path = '', query, fragment] = url.exec(source) ?? [];
  if (scheme === '') {
    const [found, host = '', path = '', query, fragment] = scp.exec(source) ?? [];
    return found === undefined ? undefined : gitSource(`${host}${path}`, true, query, fragment);
  }
  const protocol = scheme.toLowerCase();
  const address = `${scheme}://${host}${path}`;
  if (protocol === 'ssh' || protocol === 'git') return gitSource(address, protocol === 'ssh', query, fragment);
  if (protocol !== 'http' && protocol !== 'https') return undefined;
  if (path.endsWith('.git')) return gitSource(address, false, query, fragment);
  return { kind: 'http', isSsh: false, address: source, reference: '' };
};

const gitSource = (address: string, isSsh: boolean, query = '', fragment = ''): RemoteSource => {
  const values = new URLSearchParams(query);
  const named = (...keys: readonly string[]) => keys.map((key) => values.get(key)).find((value) => value !== null);
  const reference = fragment.split(':')[0] || named('ref', 'tag', 'branch') || '';
  const commit = named('checksum', 'commit') ?? (/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/u.test(reference) ? reference : null);
  return { kind: 'git', isSsh, address, reference, ...(commit ? { commit } : {}) };
};

/** @param checksum of `--checksum`. */
export const isPinnedSource = ({ kind, commit }: RemoteSource, checksum: string | undefined): boolean =>
  kind === 'http'
    ? /^sha(?:256:[0-9a-f]{64}|384:[0-9a-f]{96}|512:[0-9a-f]{128})$/u.test(checksum ?? '')
    : // The build fails where the reference has moved on from it.
      /^[0-9a-fA-F]{7,64}$/u.test(checksum || commit || '');
