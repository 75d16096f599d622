/** `images/<py>/freeze.json`: how a build that is frozen went. No cached task reads it: freeze.txt beside it is the fact. */
export interface FreezeRecord {
  readonly run: string;
  readonly result: 'frozen';
  readonly image: string;
  readonly python: string;
  readonly platform: string;
  /** Instant up to which the build was told to see the package index. */
  readonly cutoff: string;
  /** Digest of freeze.txt. */
  readonly digest?: string;
  /** Number of distributions in it, own ones included. */
  readonly packages?: number;
  /** Name of the node that built it. */
  readonly node?: string;
  readonly steps?: { readonly total: number; readonly cached: number };
}
