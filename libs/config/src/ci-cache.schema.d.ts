/** Generated from the schema beside this file by tools/generate-types: change that one. */

/**
 * a platform in the form os/architecture or os/architecture/variant, e.g. "linux/amd64"
 */
export type Platform =
  | 'linux/amd64'
  | 'linux/amd64/v1'
  | 'linux/amd64/v2'
  | 'linux/amd64/v3'
  | 'linux/amd64/v4'
  | 'linux/arm64'
  | 'linux/arm64/v8'
  | 'linux/arm64/v9'
  | 'linux/arm/v5'
  | 'linux/arm/v6'
  | 'linux/arm/v7'
  | 'linux/arm/v8'
  | 'linux/ppc64le'
  | 'linux/s390x'
  | 'linux/riscv64'
  | 'linux/386';
/**
 * a package name, e.g. "atlasclient"
 */
export type PackageName = string;
/**
 * a file inside the project (or under {workspaceRoot}/), { "inline": ["requests>=2"] }, or { "pyproject": "pyproject.toml", "extras": [...], "groups": [...] }
 */
export type Requirements = string | { inline: string[] } | { pyproject: string; extras?: string[]; groups?: string[] };
/**
 * a file inside the project (or under {workspaceRoot}/) or { "inline": ["pandas<3"] }
 */
export type Bounds = string | { inline: string[] };
/**
 * a path inside the project, without a leading / and without ..
 */
export type ProjectPath = string;
/**
 * a path inside the project, or under {workspaceRoot}/, without a leading / and without ..
 */
export type WorkspacePath = string;
/**
 * a registry reference in lower case, without scheme or user info; placeholders such as {python} are filled in, e.g. "registry.example.com/acme/python{python}"
 */
export type Template = string;
/**
 * a registry reference in lower case, e.g. "registry.example.com/python:{python}", or { "image": "ci" } for another image of this file
 */
export type Base = string | { image: string };
/**
 * an absolute path of letters, digits and . _ @ + = , / -, or "{env.CI_CACHE_…}" that holds one
 */
export type KeyPath = string;

/**
 * What one project keeps fresh, where it is published and who builds it.
 */
export interface CiCacheJson {
  /**
   * the path of ci-cache.schema.json, for your editor
   */
  $schema?: string;
  /**
   * a list of Python versions in the form X.Y, or X.Y.Z to resolve for that patch release, e.g. ["3.11", "3.14.2"]
   *
   * @minItems 1
   */
  pythons: string[];
  /**
   * a list of image platforms, e.g. ["linux/amd64", "linux/arm64"]
   *
   * @minItems 1
   */
  platforms?: Platform[];
  /**
   * the package index and the instant up to which it is seen
   */
  index?: {
    /**
     * the https URL of a Simple API index without user info; default: the resolver's own default index
     */
    url?: string;
    /**
     * the default index's name: lower-case letters, digits and single dashes; its credentials are UV_INDEX_<NAME>_USERNAME and _PASSWORD; default "default"
     */
    name?: string;
    /**
     * false for an index whose files have no upload time: a fingerprint of all its pages then takes the cut-off's place
     */
    uploadTimes?: boolean;
    /**
     * a list of { "name", "url" } searched in the order written, before "url"
     */
    indexes?: {
      /**
       * a name: lower-case letters, digits and single dashes; its credentials are UV_INDEX_<NAME>_USERNAME and _PASSWORD
       */
      name: string;
      /**
       * the https URL of a Simple API index without user info
       */
      url: string;
      /**
       * false for an index whose files have no upload time: a fingerprint of all its pages then takes the cut-off's place
       */
      uploadTimes?: boolean;
    }[];
    /**
     * packages that come from one of "indexes" alone, which is asked for nothing else, e.g. { "torch": "pytorch-cpu" }
     */
    sources?: {
      /**
       * the name of one of "indexes"
       */
      [k: string]: string;
    };
    /**
     * "first-index" (default: a package comes from the first index that has it), or by their very names "unsafe-first-match" or "unsafe-best-match", which let a stranger's package of the same name win
     */
    strategy?: 'first-index' | 'unsafe-first-match' | 'unsafe-best-match';
    /**
     * true to ask the keyring command on PATH for credentials
     */
    keyring?: boolean;
    /**
     * a duration such as "1h" or "30m", at least 16m: how old a release must be to be seen
     */
    settle?: string;
    /**
     * a duration such as "24h" or "1h": how often the cut-off moves
     */
    window?: string;
  };
  /**
   * an object with "modes" and optionally "guard" and "linux"
   */
  constraints: {
    /**
     * an object with "minPins", "maxShrink", "allowDowngrade" and "wheels": what check-constraints lets pass
     */
    guard?: {
      /**
       * the fewest pins a file may hold, a whole number from 1; default 1
       */
      minPins?: number;
      /**
       * the largest share of its pins a published file may lose at once, from 0 to 1; default 0.25
       */
      maxShrink?: number;
      /**
       * a list of package names whose pin may go down, e.g. ["urllib3"]
       */
      allowDowngrade?: string[];
      /**
       * "require" to refuse a pin that has no wheel for each of "platforms"; default "warn"
       */
      wheels?: 'warn' | 'require';
    };
    /**
     * the oldest Linux the files are for, by its glibc: "manylinux_2_17", "manylinux_2_28" or "manylinux_2_31" to "manylinux_2_40", or { "image": "ci" } for that of the image it starts from; default: what the resolver takes for Linux, manylinux_2_28
     */
    linux?:
      | 'manylinux_2_17'
      | 'manylinux_2_28'
      | 'manylinux_2_31'
      | 'manylinux_2_32'
      | 'manylinux_2_33'
      | 'manylinux_2_34'
      | 'manylinux_2_35'
      | 'manylinux_2_36'
      | 'manylinux_2_37'
      | 'manylinux_2_38'
      | 'manylinux_2_39'
      | 'manylinux_2_40'
      | { image: string };
    /**
     * modes by name: lower-case letters, digits and single dashes, e.g. "constraints-no-providers"
     */
    modes: {
      /**
       * an object with "requirements", with "image" for a mode that freezes an image, or with "lock" for one that takes a uv.lock
       */
      [k: string]: {
        /**
         * the path of a committed uv.lock whose pins are the constraints, e.g. "uv.lock"
         */
        lock?: string;
        /**
         * a list of extras that the project of "lock" has, e.g. ["postgres"]
         */
        extras?: PackageName[];
        /**
         * a list of dependency groups that the project of "lock" has, e.g. ["dev"]
         */
        groups?: PackageName[];
        /**
         * the name of an image of "images" whose installed packages are the constraints, e.g. "ci"
         */
        image?: string;
        /**
         * a list of requirement files inside the project, { "inline": [...] } or { "pyproject": "pyproject.toml" }, e.g. ["requirements/core.in"]
         *
         * @minItems 1
         */
        requirements?: Requirements[];
        /**
         * a list of files or { "inline": [...] } whose bounds hold without requiring a package
         */
        constraints?: Bounds[];
        /**
         * a list of files or { "inline": [...] } whose requirements replace every other bound on their packages
         */
        overrides?: Bounds[];
        /**
         * a list of packages left out wherever they are required
         */
        excludes?: PackageName[];
        /**
         * a list of files or { "inline": [...] } whose bounds hold for what builds an sdist
         */
        buildConstraints?: Bounds[];
        /**
         * a list of { "bound": "pandas<3", "reason": "…" }
         */
        limits?: {
          /**
           * a package with a version bound, e.g. "pandas<3"
           */
          bound: string;
          /**
           * a sentence that says why the bound is there, as the comparison will show it
           */
          reason: string;
        }[];
        /**
         * the Python versions of "pythons" this mode applies to; default: all of them
         *
         * @minItems 1
         */
        pythons?: string[];
        /**
         * true for a file of its own for each of "platforms", <mode>-<py>-linux-arm64.txt beside <mode>-<py>.txt; default: false, one file serves all
         */
        perPlatform?: boolean;
        /**
         * a list of further packages never in the file, by name or with *; !name keeps one, whatever else names it
         */
        ownPackages?: string[];
        /**
         * "highest" (default), "lowest" or "lowest-direct": which versions are preferred
         */
        resolution?: 'highest' | 'lowest' | 'lowest-direct';
        /**
         * "disallow", "allow", "if-necessary" or "explicit"; default: if necessary, or asked for by a requirement
         */
        prerelease?: 'disallow' | 'allow' | 'if-necessary' | 'explicit';
        /**
         * packages with a pre-release rule of their own, e.g. { "apache-airflow": "allow" }
         */
        prereleasePackages?: {
          /**
           * "disallow", "allow", "if-necessary" or "explicit"
           */
          [k: string]: 'disallow' | 'allow' | 'if-necessary' | 'explicit';
        };
        /**
         * a list of package names or { "name": "cassandra-driver", "pythons": ["3.13"] } that may be built from source on this host where they have no wheel, or "all" for every package
         */
        allowSdist?: 'all' | (string | { name: string; pythons: string[] })[];
        /**
         * a list of folders inside the project that hold wheels of members not yet released
         */
        findLinks?: ProjectPath[];
        /**
         * true to change a published pin only where requirements ask for it; default false: upgrade
         */
        keepPins?: boolean;
        /**
         * a list of packages seen up to their newest release, whatever the cut-off
         */
        cutoffExempt?: PackageName[];
      };
    };
  };
  /**
   * an object with "branches" and optionally "remote", "gates", "author" and more
   */
  push: {
    /**
     * a git remote's name, an https, ssh or file URL without user info, or "{env.CI_CACHE_…}"; default "origin"
     */
    remote?: string;
    /**
     * a list of { "from": source branch, "to": constraints-… branch }
     *
     * @minItems 1
     */
    branches: {
      /**
       * a source branch, or a regular expression for its whole name, e.g. "main" or "v(\\d+)-(\\d+)-stable"
       */
      from: string;
      /**
       * a branch named constraints-… of letters, digits and . _ / - ($1 stands for a group of "from"), e.g. "constraints-main"
       */
      to: string;
    }[];
    /**
     * a list of targets in the form project:target that must succeed before the push, e.g. ["api:test-with-constraints"]
     */
    gates?: string[];
    /**
     * true to publish although no gate uses the generated files; default false
     */
    allowUntested?: boolean;
    /**
     * a list of file names to take off the branch, e.g. ["constraints-3.9.txt"]
     */
    remove?: string[];
    /**
     * the first line of the commit message; {files} {sourceBranch} {commit} {cutoff} are filled in, e.g. "chore: update {files} [skip ci]"
     */
    title?: string;
    /**
     * the absolute path of the ssh key that signs commits, or "{env.CI_CACHE_…}" that holds one; never a key itself
     */
    signingKey?: string;
    /**
     * an object with "key" and "knownHosts", for an ssh remote
     */
    ssh?: {
      /**
       * the absolute path of a deploy key, or "{env.CI_CACHE_…}" that holds one; never a key itself
       */
      key?: string;
      /**
       * the absolute path of a known_hosts file, or "{env.CI_CACHE_…}" that holds one
       */
      knownHosts?: string;
    };
    /**
     * a commit author in the form "Name <address>", without control or invisible characters
     */
    author?: string;
  };
  /**
   * images by name: lower-case letters, digits and single dashes, e.g. "ci"
   */
  images?: {
    /**
     * an object with "dockerfile", "repository" and "cache"
     */
    [k: string]: {
      dockerfile: WorkspacePath;
      /**
       * a path inside the project, or under {workspaceRoot}/, without a leading / and without ..
       */
      context?: string;
      /**
       * folders by the name the Dockerfile takes them by, e.g. { "shared": "{workspaceRoot}/libs/shared" }
       */
      contexts?: {
        [k: string]: WorkspacePath;
      };
      /**
       * a registry repository without tag, e.g. "registry.example.com/acme/{branch}/ci/python{python}"
       */
      repository: string;
      /**
       * a cache ref that differs per image, Python and platform, e.g. "registry.example.com/acme/{branch}/cache/{image}-python{python}:{platform}"
       */
      cache: string;
      /**
       * image, cache or both: what a leg leaves in registries
       */
      publish?: 'image' | 'cache' | 'both';
      /**
       * cache refs of others, in order, to start from while a leg has no cache of its own; registry references without attributes
       */
      cacheFrom?: Template[];
      /**
       * branches whose cache refs are tried before, in order, e.g. ["main"]; needs {branch} in "cache"
       */
      cacheFromBranches?: string[];
      /**
       * a list of tags; the last one moves, and one with {constraints}, the short id of the constraints commit, never does, e.g. ["{commit}", "latest"]
       *
       * @minItems 1
       */
      tags?: string[];
      /**
       * base images by the build argument that hands them to the Dockerfile, e.g. { "BASE_IMAGE": "registry.example.com/python:{python}" }
       */
      bases?: {
        [k: string]: Base;
      };
      /**
       * a stage of the Dockerfile that is the image; default: the last one
       */
      target?: string;
      /**
       * true gives the context a .git of the commit and its tags, for RUN --mount=source=.git; every commit then rebuilds; default false
       */
      gitDir?: boolean;
      /**
       * a whole number from 1: of how many commits, the newest ones, prune leaves the tags that hold {commit}; default: of all
       */
      keep?: number;
      /**
       * a shell command that prints what the image holds as name==version lines; default "uv pip freeze"
       */
      freeze?: string;
      /**
       * build arguments by name; never a secret, they are kept in the image
       */
      buildArgs?: {
        /**
         * a text; placeholders such as {python} are filled in
         */
        [k: string]: string;
      };
      /**
       * labels of each leg's image by name; placeholders but {commit} are filled in, {cutoff} too
       */
      labels?: {
        /**
         * a text on one line
         */
        [k: string]: string;
      };
      /**
       * annotations of the published index by name, e.g. { "org.opencontainers.image.revision": "{commit}" }; {constraints} and {cutoff} are filled in too
       */
      annotations?: {
        /**
         * a text on one line
         */
        [k: string]: string;
      };
      /**
       * gzip, zstd, estargz or uncompressed, of the layers that are made; default: gzip
       */
      compression?: 'gzip' | 'zstd' | 'estargz' | 'uncompressed';
      /**
       * a whole number from 0 to 9, with zstd to 22
       */
      compressionLevel?: number;
      /**
       * true to compress the layers of base images anew too
       */
      forceCompression?: boolean;
      /**
       * seconds since 1970, the time of the image and SOURCE_DATE_EPOCH of its steps, e.g. 0
       */
      sourceDateEpoch?: number;
      /**
       * true to give no file of a layer a later time than sourceDateEpoch
       */
      rewriteTimestamp?: boolean;
      /**
       * a duration such as "7d" or "12h" after which a leg's steps run again without cache, for updates from outside; default: never
       */
      maxAge?: string;
      /**
       * warn: a leg whose image is built counts though its cache could not be written; default: fail, the image is recorded and the leg fails
       */
      onCacheFailure?: 'fail' | 'warn';
      /**
       * min or max: attest how the image was made; default: not
       */
      provenance?: 'min' | 'max';
      /**
       * a registry reference in lower case, without scheme or user info; placeholders such as {python} are filled in, e.g. "registry.example.com/acme/python{python}"
       */
      sbom?: string;
      /**
       * files handed to RUN --mount=type=secret by id; they are no part of any digest
       */
      secrets?: {
        /**
         * an absolute path, or "{env.CI_CACHE_…}" that holds one
         */
        [k: string]: string;
      };
      /**
       * true for the agent of SSH_AUTH_SOCK, or sockets of agents and keys without passphrase by id, for RUN --mount=type=ssh, e.g. { "default": "{env.CI_CACHE_DEPLOY_KEY}" }; never a key itself
       */
      ssh?: boolean | { [id: string]: string };
      /**
       * a list of rights that steps may ask for: "security.insecure", "network.host"; the node must grant them too
       */
      allow?: ('security.insecure' | 'network.host')[];
    };
  };
  /**
   * an object with "nodes", and perhaps "name", "driver" and "requireNative"
   */
  builder?: {
    /**
     * a buildx builder name: letters, digits, _ and -; default: ci_cache_ and a digest of driver and nodes
     */
    name?: string;
    /**
     * a buildx driver, e.g. "kubernetes"; default: remote when an endpoint needs it, else docker-container
     */
    driver?: string;
    /**
     * true refuses to build a leg by emulation
     */
    requireNative?: boolean;
    /**
     * "install" lets setup-builder install an emulator on this machine where a node here lacks one; default: nothing is installed
     */
    emulation?: 'install';
    /**
     * a list of { "platforms": [...], "endpoint": "…" }
     *
     * @minItems 1
     */
    nodes: {
      /**
       * a list of platforms this node builds
       *
       * @minItems 1
       */
      platforms: Platform[];
      /**
       * unix:///…, ssh://…, tcp://host:port, docker-container://…, kube-pod://…, a docker context name, or "{env.CI_CACHE_…}"; default: a node that the driver makes itself
       */
      endpoint?: string;
      ca?: KeyPath;
      cert?: KeyPath;
      key?: KeyPath;
      /**
       * an object of the driver's options, e.g. { "namespace": "ci" }; values are strings on one line, and no secrets
       */
      driverOptions?: {
        /**
         * a string on one line
         */
        [k: string]: string;
      };
      /**
       * true lets tcp:// to this machine itself do without certificates: whoever may open a connection here drives that daemon
       */
      allowInsecureLoopback?: boolean;
      /**
       * how many images this node builds at once, a number from 1; more than one gains only where builds leave its cores idle
       */
      jobs?: number;
      /**
       * the label, or a list of labels, of the CI's machines that build this node's platforms in jobs of their own: letters, digits and . _ : / = + - within; default: ubuntu-latest, and ubuntu-24.04-arm for linux/arm…
       *
       * @minItems 1
       */
      runner?: string | string[];
    }[];
  };
}
