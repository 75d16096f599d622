/** Each cause by words that people and registries showed. */
import { causes, retries } from './causes';
import { causeOf } from './judge';

const push = 'ERROR: failed to solve: failed to push h/app: ';
const run = (end: string) => `ERROR: failed to solve: process "/bin/sh -c make" did not complete successfully: ${end}`;
const put = 'unexpected status from PUT request to https://h/v2/app/manifests/1: ';

it.each<[cause: string, words: string, log?: string]>([
  ['out of memory', run('exit code: 137')],
  ['out of memory', run('cannot allocate memory')],
  // docker/buildx#1170
  ['emulator crashed', run('exit code: 139'), 'qemu: uncaught target signal 11 (Segmentation fault) - core dumped'],
  ['node full', run('exit code: 1'), 'OSError: [Errno 28] No space left on device'],
  ['no emulation', run('exit code: 255'), 'exec /bin/sh: exec format error'],
  ['step', run('exit code: 1'), 'curl: connection reset by peer'],
  [
    'step',
    'ERROR: failed to solve: process "/bin/sh -c echo it is immutable" did not complete successfully: exit code: 1',
  ],
  ['step', 'ERROR: failed to solve: process "/bin/sh -c yarn --immutable" did not complete successfully: exit code: 1'],
  ['step', 'dockerfile parse error on line 2: unknown instruction: RUNN'],
  ['step', 'dial tcp: lookup r: no such host'],
  ['step', `${push}TAG_INVALID: manifest tag did not match URI`],
  ['step', 'unexpected status from HEAD request to https://h/v2/app/manifests/1: 412 Precondition Failed'],
  // Captured from buildx 0.38.
  [
    'node died',
    'ERROR: failed to build: failed to receive status: rpc error: code = Unavailable desc = error reading from server: EOF',
  ],
  // Captured from BuildKit 0.34 after its disk had been full; moby/buildkit#6977
  [
    'layer lost',
    'ERROR: failed to build: failed to solve: failed to commit a to b during finalize: failed to stat active key during commit: snapshot does not exist: not found',
  ],
  ['layer lost', 'ERROR: failed to apply diffs: failed to stat lower snapshot a: snapshot a does not exist: not found'],
  // serverless/containers#19, docker/cli#4844
  [
    'node full',
    'ERROR: failed to solve: ResourceExhausted: failed to read dockerfile: failed to create temp dir: mkdir /var/lib/docker/tmp/buildkit-mount1: no space left on device',
  ],
  [
    'node full',
    'ERROR: failed to solve: failed to compute cache key: write /tmp/usr/bin/cksum: no space left on device',
  ],
  ['registry full', `${push}${put}500 Internal Server Error: write /var/lib/registry/data: no space left on device`],
  [
    'no such platform',
    'ERROR: failed to solve: h/base:1: failed to resolve source metadata for h/base:1: no match for platform in manifest: not found',
  ],
  // aws/containers-roadmap#862, moby/buildkit#3776, osscontainertools/kaniko#204
  [
    'immutable tag',
    "tag invalid: The image tag 'latest' already exists in the 'app' repository and cannot be overwritten because the repository is immutable.",
  ],
  ['immutable tag', "TAG_INVALID: The image tag '1' cannot be overwritten because the tag is immutable."],
  ['immutable tag', 'An error occurred (ImageTagAlreadyExistsException) when calling the PutImage operation'],
  // goharbor/harbor#9427: 412, whose body tells of the tag
  ['immutable tag', "Failed to process request due to 'app:1' configured as immutable."],
  ['immutable tag', `${push}${put}412 Precondition Failed`],
  ['immutable tag', 'manifest invalid: cannot update tag latest. The repository has enabled tag immutability'],
  // Azure/acr#184: a locked image
  ['immutable tag', 'unsupported: The operation is disallowed on this registry, repository or image'],
  // goharbor/harbor#17390
  [
    'quota',
    `${push}denied: adding 29.0 MiB of storage resource, which when updated to current usage of 152.4 MiB will exceed the configured upper limit of 10.0 MiB.`,
  ],
  [
    'quota',
    `${push}unexpected status from PATCH request to https://h/v2/app/blobs/uploads/1: 413 Request Entity Too Large`,
  ],
  ['quota', `${push}denied: organization is over its storage quota`],
  // pulp/pulp_container#1587, moby/buildkit#2068
  [
    'no cache manifests',
    `ERROR: failed to solve: error writing manifest blob: failed commit on ref "sha256:a": ${put}400 Bad Request`,
  ],
  ['no cache manifests', 'MANIFEST_INVALID: manifest invalid; map[]'],
  // GoogleContainerTools/kaniko#1095
  ['not let in', `${push}${put}403 Forbidden\nunknown: manifest invalid`],
  ['not let in', `${push}${put}403 Forbidden`],
  ['not let in', 'unexpected status from HEAD request to https://r: 401 Unauthorized'],
  // mccutchen/go-httpbin#223, getwud/wud#600
  ['not let in', `${push}denied: denied`],
  ['not let in', `${push}denied: access forbidden`],
  [
    'not let in',
    `${push}push access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials`,
  ],
  [
    'not trusted',
    `${push}failed to do request: Head "https://h/v2/": tls: failed to verify certificate: x509: certificate signed by unknown authority`,
  ],
  ['too many requests', 'unexpected status from HEAD request to https://r: 429 Too Many Requests'],
  ['too many requests', 'server message: toomanyrequests: slow down'],
  ['registry down', `${push}${put}500 Internal Server Error`],
  ['registry down', `${push}${put}502 Bad Gateway`],
  ['registry down', `${push}${put}503 Service Unavailable`],
  ['registry down', `${push}${put}504 Gateway Timeout`],
  [
    'registry down',
    `${push}failed to do request: Head "http://h/v2/": dial tcp 127.0.0.1:1: connect: connection refused`,
  ],
  ['connection lost', `${push}failed to do request: Put "https://r": read tcp 1->2: read: connection reset by peer`],
  ['connection lost', `${push}failed to do request: Put "https://r": EOF`],
  ['connection lost', `${push}failed to copy: unexpected EOF`],
  ['connection lost', 'net/http: TLS handshake timeout'],
  ['connection lost', `${push}failed to do request: Put "https://r": write tcp 1->2: write: broken pipe`],
])('%s: %s', (name, words, ...[log]) => {
  expect(causeOf({ words, ...(log === undefined ? {} : { log }) }).name).toBe(name);
});

it('takes a node that never answered by the step that waited for it', () => {
  const words = 'ERROR: failed to build: context deadline exceeded';
  expect(causeOf({ words, step: '[internal] waiting for connection' }).class).toBe('node');
  expect(causeOf({ words }).class).toBe('dockerfile');
});

it('tries again only what may pass by itself', () => {
  const again = causes.filter((cause) => retries[cause.class] !== undefined).map(({ name }) => name);
  expect([...new Set(again)]).toEqual([
    ...['emulator crashed', 'out of memory', 'node full', 'registry full'],
    ...['too many requests', 'registry down', 'connection lost'],
  ]);
});
