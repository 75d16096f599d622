/** A project's configuration after normalisation: every default filled in, nothing of the environment in it yet. */

/** One constraint file: mode × Python, and the platform where a mode has a file for each. */
export interface Cell {
  readonly mode: string;
  readonly python: string;
  /** As os/architecture; absent where one file serves all platforms. */
  readonly platform?: string;
}

/** One build: image × Python × platform. */
export interface Leg {
  readonly image: string;
  readonly python: string;
  readonly platform: string;
}

/** What is published as one index: an image for one Python, all its platforms together. */
export type PublishedImage = Pick<Leg, 'image' | 'python'>;

export interface Mode {
  readonly name: string;
  /** In the order written: their order changes the answer. Empty for a mode that freezes an image. */
  readonly requirements: readonly RequirementSource[];
  /** Name of the image whose installed packages are the constraints; absent when a resolver finds them. */
  readonly image?: string;
  /** The lock whose pins are the constraints; absent when a resolver finds them. */
  readonly lock?: LockSource;
  readonly allowSdist: AllowSdist;
  /** The Pythons it applies to. Default: all of the project. */
  readonly pythons?: readonly string[];
  /** Whether each platform has a file of its own. Default: one file serves all. */
  readonly perPlatform?: boolean;
  /** How it is resolved beyond its requirements; absent keys leave the resolver's default. */
  readonly resolving?: ModeResolving;
}

/** Packages that may be built from source, one of them for some Pythons only; or whatever has no wheel. */
export type AllowSdist = 'all' | readonly (string | { readonly name: string; readonly pythons: readonly string[] })[];

/** A path relative to the project or, after `{workspaceRoot}/`, to the workspace; or the lines themselves. */
export type TextSource = string | { readonly inline: readonly string[] };

export type RequirementSource =
  TextSource | { readonly pyproject: string; readonly extras?: readonly string[]; readonly groups?: readonly string[] };

/** A committed uv.lock, and what is asked of its project. */
export interface LockSource {
  /** A path like those of requirements. */
  readonly path: string;
  readonly extras: readonly string[];
  readonly groups: readonly string[];
}

/** A bound of our own, and why it is there. */
export interface Limit {
  readonly bound: string;
  readonly reason: string;
}

export interface ModeResolving {
  readonly constraints?: readonly TextSource[];
  readonly overrides?: readonly TextSource[];
  readonly excludes?: readonly string[];
  readonly buildConstraints?: readonly TextSource[];
  readonly limits?: readonly Limit[];
  /** Patterns of names never in the file; `!pattern` keeps what it names. */
  readonly ownPackages?: readonly string[];
  readonly resolution?: string;
  readonly prerelease?: string;
  readonly prereleasePackages?: Readonly<Record<string, string>>;
  /** Folders of wheels, as paths like those of requirements. */
  readonly findLinks?: readonly string[];
  readonly keepPins?: boolean;
  readonly cutoffExempt?: readonly string[];
}

/** A package index. */
export interface NamedIndex {
  readonly name: string;
  readonly url: string;
  /** Whether its files say when they were uploaded. Default: true. */
  readonly uploadTimes?: boolean;
}

/** What check-constraints lets pass. */
export interface GuardRules {
  /** The fewest pins a file may hold. */
  readonly minPins: number;
  /** The largest share of its pins, 0 to 1, a published file may lose at once. */
  readonly maxShrink: number;
  /** Names, as written, of packages whose pin may go down. */
  readonly allowDowngrade: readonly string[];
  /** Whether a pin without a wheel for each platform is refused; each is a warning anyway. */
  readonly wheels: 'warn' | 'require';
}

export interface BranchRule {
  readonly from: string;
  readonly to: string;
}

/** What a leg leaves in registries. */
export type Publishes = 'image' | 'cache' | 'both';

/** How the image of a leg is written; what is absent is left to BuildKit. */
export interface ImageOutput {
  readonly labels: Readonly<Record<string, string>>;
  readonly compression?: 'gzip' | 'zstd' | 'estargz' | 'uncompressed';
  readonly compressionLevel?: number;
  readonly forceCompression?: boolean;
  /** Seconds. */
  readonly sourceDateEpoch?: number;
  readonly rewriteTimestamp?: boolean;
  /** How much of it is attested. */
  readonly provenance?: 'min' | 'max';
  /** Reference of the scanner's image. */
  readonly sbom?: string;
}

/** Texts may hold placeholders, see `fillTemplate`. */
export interface Image extends ImageOutput {
  readonly name: string;
  readonly dockerfile: string;
  readonly context: string;
  /** Stage that is the image. Default: the last one. */
  readonly target?: string;
  /** Whether the context has a `.git`. Default: false. */
  readonly gitDir?: boolean;
  /** Folders the Dockerfile takes by name. */
  readonly contexts: Readonly<Record<string, string>>;
  readonly repository: string;
  readonly cache: string;
  readonly publish: Publishes;
  /** Cache refs of others, and branches, to start from while a leg has no cache of its own. */
  readonly cacheFrom: readonly string[];
  readonly cacheFromBranches: readonly string[];
  /** After which steps run again without cache. Default: never. */
  readonly maxAgeSeconds?: number;
  /** Whether a leg fails whose image is there and whose cache is not. Default: fail. */
  readonly onCacheFailure?: 'fail' | 'warn';
  readonly tags: readonly string[];
  /** How many commits keep their tags when `prune` removes the older ones. Default: all. */
  readonly keep?: number;
  /** Of the published index. */
  readonly annotations: Readonly<Record<string, string>>;
  /** Shell command that prints what the image holds. */
  readonly freeze: string;
  /** Registry references by build argument. */
  readonly bases: Readonly<Record<string, string>>;
  /** Names of images of this configuration, likewise. */
  readonly imageBases: Readonly<Record<string, string>>;
  readonly buildArgs: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  /** Path of the socket or key by id; empty for the agent of the environment. */
  readonly ssh: Readonly<Record<string, string>>;
  /** Rights a step may ask for. */
  readonly allow: readonly string[];
}

export interface BuilderNode {
  readonly platforms: readonly string[];
  readonly endpoint?: string;
  /** Files of a tcp endpoint, as absolute paths or placeholders: who signed its certificate, and what we prove ourselves by. */
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly driverOptions?: Readonly<Record<string, string>>;
  readonly allowInsecureLoopback?: boolean;
  /** Builds at once. Default: 1. */
  readonly jobs?: number;
  /** Label, or labels, of the CI's machines that build its legs. Default: GitHub's own of the platform. */
  readonly runner?: string | readonly string[];
}

export interface BuilderConfig {
  /** Default: one that holds a digest of the rest. */
  readonly name?: string;
  /** Default: what its endpoints need. */
  readonly driver?: string;
  readonly requireNative: boolean;
  /** What `setup-builder` may do where a node of this machine cannot run its platform. Default: nothing. */
  readonly emulation?: 'install';
  readonly nodes: readonly BuilderNode[];
}

export interface IndexConfig {
  /** The default index, asked last. Default: the resolver's own. */
  readonly url?: string;
  readonly name?: string;
  readonly uploadTimes?: boolean;
  /** Asked before the default index, in this order. */
  readonly indexes?: readonly NamedIndex[];
  /** Names of those of `indexes` that have one package each, and are asked for no other. */
  readonly sources?: Readonly<Record<string, string>>;
  readonly strategy?: string;
  readonly keyring?: boolean;
  readonly settleSeconds: number;
  readonly windowSeconds: number;
}

export interface Config {
  /** Where it was written, for messages. */
  readonly file: string;
  /** The files it was written in, relative to the workspace. */
  readonly files: readonly string[];
  /** The project's folder relative to the workspace. */
  readonly projectRoot: string;
  /** Each as X.Y, which names files, images and tags. */
  readonly pythons: readonly string[];
  /** Patch releases, X.Y.Z by X.Y, that cells are resolved for. Default: X.Y.0. */
  readonly patches?: Readonly<Record<string, string>>;
  readonly platforms: readonly string[];
  readonly index: IndexConfig;
  /** Oldest Linux that constraints are for, e.g. `manylinux_2_36`, or whose image tells it. Default: the resolver's own. */
  readonly linux?: string | { readonly image: string };
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
  readonly builder: BuilderConfig;
}
