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
  ["fatal: unable to access 'https://example.com/dept/403/x.git/': Could not resolve host: example.com", 'transient'],
  ["fatal: unable to access 'https://example.com/404/x.git/': Connection reset by peer", 'transient'],
  ["fatal: unable to access 'https://example.com/503/x.git/': The requested URL returned error: 403", 'denied'],
  ["fatal: repository 'https://example.com/503/x.git/' not found", 'absent'],
  ["fatal: couldn't find remote ref refs/heads/constraints-503", 'absent'],
  ['remote: Permission to 404/x.git denied to bot.', 'denied'],
  ["remote: fatal: Unable to create '/srv/403/x.lock': File exists.", 'transient'],
  ['error: RPC failed; HTTP 403 curl 22 The requested URL returned error: 403', 'denied'],
])('%s is %s', (stderr, kind) => expect(failureKind(stderr)).toBe(kind));
