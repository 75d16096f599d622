import { buildFailed } from './failure';
import { progressReader } from './progress';

/** Lines captured from buildx 0.38. */
const died = [
  'ERROR: failed to build: failed to receive status: rpc error: code = Unavailable desc = error reading from server: EOF',
];
const away = [
  '{"vertexes":[{"digest":"sha256:38","name":"[internal] waiting for connection","started":"2026-11-28T23:41:56Z","completed":"2026-11-28T23:42:16Z","error":"context deadline exceeded"}]}',
  'ERROR: failed to build: context deadline exceeded',
];

it.each([
  ['died', died],
  ['does not answer', away],
])('takes a node that %s for no fault of the Dockerfile', (_name, lines) => {
  const { read, progress } = progressReader(() => undefined);
  lines.forEach(read);
  expect(buildFailed('leg', progress()).remedy).toContain('The node of this platform went away');
});
