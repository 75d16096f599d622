import { checkObjectFormat, parseRefs, unbornHead } from './refs';

const ref = 'refs/heads/constraints-main';
const one = '1'.repeat(40);
const two = '2'.repeat(40);

it.each([
  ['', { tip: null }],
  [`${one}\t${ref}\n`, { tip: one }],
  [`${two}\trefs/heads/x/constraints-main\n`, { tip: null }],
  [`ref: refs/heads/main\tHEAD\n${two}\tHEAD\n${one}\t${ref}\n`, { tip: one, defaultRef: 'refs/heads/main' }],
  [`ref: refs/heads/main\t${ref}\n${one}\t${ref}\n`, { tip: one, standsFor: 'refs/heads/main' }],
  [`ref: refs/heads/main\trefs/heads/x/constraints-main\n${one}\t${ref}\n`, { tip: one }],
  [`${two}\trefs/heads/x/refs/heads/constraints-main\n${one}\t${ref}\n`, { tip: one }],
])('%j', (stdout, expected) => expect(parseRefs(stdout, ref)).toEqual(expected));

it.each([
  ['packet:    ls-remote< unborn HEAD symref-target:refs/heads/main\npacket: ls-remote< 0000', 'refs/heads/main'],
  ['packet:    ls-remote> unborn\n', undefined],
  ['packet:  ls-remote< 0000 refs/heads/unborn HEAD\n', undefined],
])('a server without the branch its HEAD stands for: %j', (packets, defaultRef) =>
  expect(unbornHead(packets).defaultRef).toBe(defaultRef),
);

it('takes a log-in page for what it is', () => {
  expect(() => parseRefs('<html>', ref)).toThrow(expect.objectContaining({ code: 'CommandFailed' }));
});

it.each([
  ['packet:    ls-remote< object-format=sha256\n', true],
  [`packet:    ls-remote< ${two} HEAD\\0multi_ack object-format=sha256 agent=git/2\n`, true],
  ['packet:    ls-remote< object-format=sha1\n', false],
  [`packet:    ls-remote< ${two} refs/heads/object-format=sha256\n`, false],
])('a server that says %j has other object ids than ours: %s', (packets, refused) => {
  const check = expect(() => checkObjectFormat(packets));
  if (refused) check.toThrow(expect.objectContaining({ code: 'PushRefused' }));
  else check.not.toThrow();
});
