/** Generated from the schema beside this file by tools/generate-types: change that one. */

/**
 * a platform in the form os/architecture, e.g. "linux/amd64"
 */
export type Platform = string;
/**
 * a path inside the project, without a leading / and without ..
 */
export type ProjectPath = string;

/**
 * What one project keeps fresh, where it is published and who builds it.
 */
export interface CiCacheJson {
  $schema?: string;
  /**
   * a list of Python versions in the form X.Y, e.g. ["3.11", "3.13"]
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
     * a duration such as "1h" or "30m", at least 16m: how old a release must be to be seen
     */
    settle?: string;
    /**
     * a duration such as "24h" or "1h": how often the cut-off moves
     */
    window?: string;
  };
  /**
   * an object with "modes" and optionally "guard"
   */
  constraints: {
    /**
     * an object with "minPins", "maxShrink" and "allowDowngrade": what check-constraints lets pass
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
    };
    /**
     * modes by name: lower-case letters, digits and single dashes, e.g. "constraints-no-providers"
     */
    modes: {
      /**
       * an object with "requirements"
       */
      [k: string]: {
        /**
         * a list of requirement files inside the project, e.g. ["requirements/core.in"]
         *
         * @minItems 1
         */
        requirements: ProjectPath[];
        /**
         * a list of package names that may be built from source on this host
         */
        allowSdist?: string[];
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
     * a commit author in the form "Name <address>"
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
      dockerfile: ProjectPath;
      /**
       * the build context, a folder inside the project; default "."
       */
      context?: string;
      /**
       * a registry repository without tag, e.g. "registry.example.com/acme/{branch}/ci/python{python}"
       */
      repository: string;
      /**
       * a cache ref that differs per image, Python and platform, e.g. "registry.example.com/acme/{branch}/cache/{image}-python{python}:{platform}"
       */
      cache: string;
      /**
       * a list of tags; the last one moves, e.g. ["{commit}", "latest"]
       *
       * @minItems 1
       */
      tags?: string[];
      /**
       * base images by the build argument that hands them to the Dockerfile, e.g. { "BASE_IMAGE": "registry.example.com/python:{python}" }
       */
      bases?: {
        /**
         * a registry reference, e.g. "registry.example.com/python:{python}"
         */
        [k: string]: string;
      };
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
       * files handed to RUN --mount=type=secret by id; they are no part of any digest
       */
      secrets?: {
        /**
         * an absolute path, or "{env.CI_CACHE_…}" that holds one
         */
        [k: string]: string;
      };
    };
  };
  /**
   * an object with "name" and "nodes"
   */
  builder?: {
    /**
     * a buildx builder name: letters, digits, _ and -
     */
    name?: string;
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
       * unix:///…, ssh://…, a docker context name, or "{env.CI_CACHE_…}"; default: a docker-container node on the current Docker
       */
      endpoint?: string;
    }[];
  };
}
