/** A project's configuration after normalisation: every default filled in, nothing of the environment in it yet. */

/** One constraint file: mode × Python. */
export interface Cell {
  readonly mode: string;
  readonly python: string;
}

/** One build: image × Python × platform. */
export interface Leg {
  readonly image: string;
  readonly python: string;
  readonly platform: string;
}

export interface Mode {
  readonly name: string;
  /** Requirement files, relative to the project, in the order written. */
  readonly requirements: readonly string[];
  readonly allowSdist: readonly string[];
}

/** What check-constraints lets pass. */
export interface GuardRules {
  /** The fewest pins a file may hold. */
  readonly minPins: number;
  /** The largest share of its pins, 0 to 1, a published file may lose at once. */
  readonly maxShrink: number;
  /** Names, as written, of packages whose pin may go down. */
  readonly allowDowngrade: readonly string[];
}

export interface BranchRule {
  readonly from: string;
  readonly to: string;
}

/** Texts may hold placeholders, see `fillTemplate`. */
export interface Image {
  readonly name: string;
  readonly dockerfile: string;
  readonly context: string;
  readonly repository: string;
  readonly cache: string;
  readonly tags: readonly string[];
  readonly bases: Readonly<Record<string, string>>;
  readonly buildArgs: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
}

export interface BuilderNode {
  readonly platforms: readonly string[];
  readonly endpoint?: string;
}

export interface Config {
  /** Path of ci-cache.json relative to the workspace, for messages. */
  readonly file: string;
  /** The project's folder relative to the workspace. */
  readonly projectRoot: string;
  readonly pythons: readonly string[];
  readonly platforms: readonly string[];
  readonly index: { readonly url?: string; readonly settleSeconds: number; readonly windowSeconds: number };
  readonly modes: readonly Mode[];
  readonly guard: GuardRules;
  readonly push: {
    readonly remote: string;
    readonly branches: readonly BranchRule[];
    readonly gates: readonly string[];
    /** Whether files may be published that no gate used. */
    readonly allowUntested: boolean;
    /** Files to take off the branch. */
    readonly remove: readonly string[];
    readonly author: string;
    /** First line of the commit message, with placeholders. */
    readonly title: string;
    /** Path of the ssh key that signs commits, or a placeholder. */
    readonly signingKey?: string;
    /** Paths, or placeholders, for an ssh remote. */
    readonly ssh: { readonly key?: string; readonly knownHosts?: string };
  };
  readonly images: readonly Image[];
  readonly builder: { readonly name: string; readonly nodes: readonly BuilderNode[] };
}
