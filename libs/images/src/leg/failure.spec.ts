import { buildFailed } from './failure';
import { progressReader } from '../progress/progress';

/** Lines captured from buildx 0.38. */
const died = [
  'ERROR: failed to build: failed to receive status: rpc error: code = Unavailable desc = error reading from server: EOF',
];
const ended = [
  'ERROR: failed to build: listing workers for Build: failed to list workers: Unavailable: error reading from server: EOF',
];
const away = [
  '{"vertexes":[{"digest":"sha256:38","name":"[internal] waiting for connection","started":"2026-11-28T23:41:56Z","completed":"2026-11-28T23:42:16Z","error":"context deadline exceeded"}]}',
  'ERROR: failed to build: context deadline exceeded',
];

/** An arm64 program on a machine of amd64 without an emulator. */
const wrong = [
  '{"vertexes":[{"digest":"sha256:f1","name":"[2/2] RUN make","started":"2026-11-29T04:16:52Z"}]}',
  '{"logs":[{"vertex":"sha256:f1","stream":2,"data":"ZXhlYyAvcHJvYmU6IGV4ZWMgZm9ybWF0IGVycm9yCg==","timestamp":"2026-11-29T04:16:52Z"}]}',
  '{"vertexes":[{"digest":"sha256:f1","name":"[2/2] RUN make","completed":"2026-11-29T04:16:52Z","error":"process \\"make\\" did not complete successfully: exit code: 1"}]}',
  'ERROR: failed to build: failed to solve: process "make" did not complete successfully: exit code: 1',
];

it.each([
  ['died', died, 'The node of this platform went away'],
  ['died before the first step', ended, 'The node of this platform went away'],
  ['does not answer', away, 'The node of this platform went away'],
  ['lacks the emulator', wrong, 'cannot run its programs'],
])('takes a node that %s for no fault of the Dockerfile', (_name, lines, remedy) => {
  const { read, progress } = progressReader(() => undefined);
  lines.forEach(read);
  expect(buildFailed('leg', progress())).toMatchObject({
    code: 'BuilderUnfit',
    remedy: expect.stringContaining(remedy),
    data: { class: 'node', transient: false },
  });
});

it('takes a registry that is unavailable for no fault of the node', () => {
  const { read, progress } = progressReader(() => undefined);
  read(
    'ERROR: failed to solve: unexpected status from HEAD request to https://r.example.com/v2/: 503 Service Unavailable',
  );
  expect(buildFailed('leg', progress())).toMatchObject({ code: 'CommandFailed', data: { transient: true } });
});
