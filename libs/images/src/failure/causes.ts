/** Why builds and pushes fail, by the words of BuildKit and of registries: of which class each cause is, and what to do. */
import type { Tries } from '@nx-ci-cache/process';

export type FailureClass = 'transient' | 'capacity' | 'auth' | 'node' | 'registry policy' | 'dockerfile';

/** No try waits for what only a person mends. Waits have full jitter. */
export const retries: Readonly<Partial<Record<FailureClass, Tries>>> = {
  // BuildKit asks again by itself, but neither after 429 nor for a manifest; by then its cache is warm.
  transient: { tries: 3, baseMs: 2_000, capMs: 20_000 },
  // Others may have ended meanwhile, and what collects garbage may have run.
  capacity: { tries: 2, baseMs: 10_000, capMs: 20_000 },
};

export interface Cause {
  readonly name: string;
  readonly class: FailureClass;
  /** Of a step: its exit and the end of its output. Of the build: BuildKit's words, and none of a step's. */
  readonly said: 'by a step' | 'by the build';
  readonly words: readonly RegExp[];
  readonly remedy: string;
}

export const goneRemedy = 'The node of this platform went away: start it, run setup-builder, then run again.';
/** The builder is filled in where it is known. */
const room =
  'Look with docker buildx du --builder <builder>, make room with docker buildx prune --builder <builder>, and run again.';
const registry = 'Check the registry and the network, then run again.';

/** The first one that fits: what names its cause goes before a mere status. */
export const causes: readonly Cause[] = [
  {
    // Of the step's own process; a shell that could be started says it otherwise of a program.
    ...{ name: 'no emulation', class: 'node', said: 'by a step', words: [/^exec \S+: exec format error$/m] },
    remedy: 'The node of this platform cannot run its programs: setup-builder --check says what it lacks.',
  },
  {
    ...{ name: 'emulator crashed', class: 'capacity', said: 'by a step' },
    words: [/qemu: uncaught target signal 11/],
    remedy: 'The emulator crashed: build this platform on a node of its own kind, or with a newer qemu.',
  },
  {
    ...{ name: 'out of memory', class: 'capacity', said: 'by a step' },
    words: [/exit code: 137\b/, /cannot allocate memory/i],
    remedy: 'The node ran out of memory: give it more, or let fewer builds run on it at a time.',
  },
  {
    ...{ name: 'node full', class: 'capacity', said: 'by a step', words: [/no space left on device/i] },
    remedy: `The disk of the node is full. ${room}`,
  },
  {
    ...{ name: 'node died', class: 'node', said: 'by the build' },
    words: [
      // A daemon that died under the build, a host that was reset, an ssh that ended.
      /failed to receive status: rpc error: code = (Unavailable|Internal)/,
      // The same of other calls; a registry's 503 is called Service Unavailable.
      /(?<!Service )\bUnavailable(:| desc =)/,
      /command \[ssh .*\] has exited with/,
      // One that does not answer when the build begins, or whose authority is another.
      /\[internal\] (waiting for connection|booting buildkit)/,
      /no active session for .*: context deadline exceeded|listing workers for Build/,
    ],
    remedy: goneRemedy,
  },
  {
    // What a full disk leaves behind: each build that comes by the lost layer fails, until one needs none (moby/buildkit#3599).
    ...{ name: 'layer lost', class: 'node', said: 'by the build' },
    words: [/snapshot (\S+ )?does not exist: not found/],
    remedy: 'The node lost a layer of its own cache: docker buildx prune --builder <builder>, then run again.',
  },
  {
    ...{ name: 'no such platform', class: 'dockerfile', said: 'by the build', words: [/no match for platform/] },
    remedy: 'A base image has no variant for this platform: name one that has, or leave the platform out.',
  },
  {
    ...{ name: 'immutable tag', class: 'registry policy', said: 'by the build' },
    words: [
      // ECR: "… cannot be overwritten because the tag is immutable"; Harbor: "… configured as immutable".
      /\b(is|as) immutable\b/i,
      // Artifact Registry: "The repository has enabled tag immutability".
      /\btag immutability\b/i,
      /\bimmutable tags?\b/i,
      /\bImageTagAlreadyExistsException\b/,
      // Azure, of a locked image or repository.
      /The operation is disallowed on this registry, repository or image/,
      // Harbor's status, where the client does not show the body.
      /PUT request to \S*\/manifests\/\S+:? 412\b/,
    ],
    remedy:
      'The registry lets nobody write a tag twice. Cache refs, leg tags (leg--…) and all "tags" without {constraints} are written ' +
      'again: exempt them from its rule, or name repositories without one in "repository" and "cache".',
  },
  {
    ...{ name: 'quota', class: 'registry policy', said: 'by the build' },
    words: [
      /will exceed the configured upper limit/i,
      /\bdenied:.*\bquota\b/i,
      /\bquota (has been |was )?exceeded\b(?!.*\b429\b)/i,
      /\b413 (Request|Payload|Content) (Entity )?Too Large/i,
    ],
    remedy:
      'The registry takes no more or no larger layers: remove old images there, raise its quota or its limit on requests.',
  },
  {
    ...{ name: 'no cache manifests', class: 'registry policy', said: 'by the build' },
    // Artifactory says the same, with 403, where a tag may not be overwritten.
    words: [
      /error writing manifest blob.*\b400 Bad Request/,
      /^(?![^]*\b403 Forbidden)[^]*(MANIFEST_INVALID|manifest invalid)/i,
    ],
    remedy:
      'The registry refuses the manifest of a cache or image: raise it to one that takes OCI images, or name another one in "cache".',
  },
  {
    ...{ name: 'registry full', class: 'capacity', said: 'by the build' },
    words: [/(unexpected status|server message).*no space left on device/i, /\b507 Insufficient Storage/],
    remedy: 'The disk of the registry is full: remove old images there and collect its garbage.',
  },
  {
    ...{ name: 'node full', class: 'capacity', said: 'by the build' },
    words: [/no space left on device/i, /disk quota exceeded/i],
    remedy: `The disk of the node is full. ${room}`,
  },
  {
    ...{ name: 'not trusted', class: 'auth', said: 'by the build', words: [/\bx509: /] },
    remedy:
      'The node does not trust the certificate of the registry: give its BuildKit the authority (ca in buildkitd.toml).',
  },
  {
    ...{ name: 'not let in', class: 'auth', said: 'by the build' },
    words: [
      /\b401 Unauthorized/i,
      /\b403 Forbidden/i,
      /authorization failed/i,
      /insufficient_scope/,
      /no basic auth credentials/,
      /\bdenied: /i,
    ],
    remedy:
      'Log in with an account that may pull, push and overwrite tags there: docker login <host>. Some registries say the same of a repository that does not exist yet, and of a tag that is immutable.',
  },
  {
    ...{ name: 'too many requests', class: 'transient', said: 'by the build', remedy: registry },
    words: [/\b429\b.*Too Many Requests/i, /unexpected status.*\b429\b/i, /toomanyrequests/i],
  },
  {
    ...{ name: 'registry down', class: 'transient', said: 'by the build', remedy: registry },
    words: [
      /unexpected status.*\b5\d\d\b/i,
      /\b(502|503|504)\b.*(Bad Gateway|Service Unavailable|Gateway Time-?out)/i,
      /connect: connection refused/,
    ],
  },
  {
    ...{ name: 'connection lost', class: 'transient', said: 'by the build', remedy: registry },
    words: [
      /connection reset by peer/i,
      /\b(unexpected )?EOF$/,
      /TLS handshake timeout/i,
      /i\/o timeout/i,
      /broken pipe/i,
      /http2: (client|server) .*(connection lost|GOAWAY)/i,
    ],
  },
];

/** What no row knows: a step that fails, or a Dockerfile that is wrong. */
export const unknown: Omit<Cause, 'words'> = {
  ...{ name: 'step', class: 'dockerfile', said: 'by a step' },
  remedy: 'Correct the step and commit.',
};
