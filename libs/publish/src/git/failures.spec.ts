import { failureKind } from './failures';

it.each([
  ['The requested URL returned error: 401', 'denied'],
  ['The requested URL returned error: 403', 'denied'],
  ['git@example.com: Permission denied (publickey).', 'denied'],
  ["fatal: could not read Username for 'https://example.com': terminal prompts disabled", 'denied'],
  ["fatal: '/srv/none' does not appear to be a git repository", 'absent'],
  ['fatal: remote error: upload-pack: not our ref abc', 'absent'],
  ['The requested URL returned error: 429', 'transient'],
  ['The requested URL returned error: 503', 'transient'],
  ['fatal: the remote end hung up unexpectedly', 'transient'],
  ['Could not resolve host: example.com', 'transient'],
  ['ssh: connect to host example.com port 22: Connection refused', 'transient'],
  ['fatal: something new', 'unknown'],
])('%s is %s', (stderr, kind) => expect(failureKind(stderr)).toBe(kind));
