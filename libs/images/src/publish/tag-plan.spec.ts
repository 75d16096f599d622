import { permissionOf, type Grant } from '@nx-ci-cache/records';
import { mediaTypes } from '../registry/oci';
import { createIndexArguments } from '../registry/imagetools';
import { tagAction, tagDecision } from './tag-plan';

const expected = [
  { platform: 'linux/amd64', digest: 'sha256:a' },
  { platform: 'linux/arm64', digest: 'sha256:b' },
];
const entry = (architecture: string, digest: string, variant?: string) => ({
  ...{ mediaType: mediaTypes.manifest, digest, size: 1 },
  platform: { os: 'linux', architecture, ...(variant === undefined ? {} : { variant }) },
});
const amd64 = entry('amd64', 'sha256:a');
const arm64 = entry('arm64', 'sha256:b');
const index = (...manifests: readonly object[]) => ({
  ...{ digest: 'sha256:i', mediaType: mediaTypes.index, size: 1 },
  body: { manifests },
});

it.each([
  ['no tag', undefined, 'created'],
  ['exactly these', index(amd64, arm64), 'unchanged'],
  ['the variant every arm64 has', index(amd64, entry('arm64', 'sha256:b', 'v8')), 'unchanged'],
  ['another order', index(arm64, amd64), 'moved'],
  ['one missing', index(amd64), 'moved'],
  ['one too many', index(amd64, arm64, entry('s390x', 'sha256:c')), 'moved'],
  ['another digest', index(amd64, entry('arm64', 'sha256:x')), 'moved'],
  ['another platform', index(amd64, entry('arm', 'sha256:b')), 'moved'],
  ['a single image', { ...index(), mediaType: mediaTypes.manifest }, 'moved'],
])('%s', (_name, manifest, action) => {
  expect(tagAction(manifest, expected)).toBe(action);
});

it('holds what attests each image right after it', () => {
  const attesting = (digest: string) => ({
    ...entry('unknown', digest),
    platform: { os: 'unknown', architecture: 'unknown' },
  });
  const [a, b] = expected as [(typeof expected)[number], (typeof expected)[number]];
  const attested = [
    { ...a, attestations: ['sha256:x'] },
    { ...b, attestations: ['sha256:y'] },
  ];
  const [x, y] = ['sha256:x', 'sha256:y'].map(attesting) as [object, object];
  expect(tagAction(index(amd64, x, arm64, y), attested)).toBe('unchanged');
  expect(tagAction(index(amd64, x, arm64, y), expected)).toBe('moved');
  expect(tagAction(index(amd64, arm64), attested)).toBe('moved');
});

describe('what may be done with a tag that', () => {
  const tags = {
    'is of the commit': { name: 'abc', ofCommit: true, ofConstraints: false },
    'moves with the legs': { name: 'latest', ofCommit: false, ofConstraints: false },
    'is of the constraints': { name: '1-c0ffee', ofCommit: false, ofConstraints: true },
    'is of both': { name: 'abc-c0ffee', ofCommit: true, ofConstraints: true },
  } as const;
  const helds = { absent: undefined, equal: index(amd64, arm64), other: index(amd64) } as const;
  const free = { denied: false, ownOnly: false };
  const apart = { denied: false, ownOnly: true };
  const denied = { denied: true, ownOnly: false };

  it.each([
    ['is of the commit', free, { absent: 'created', equal: 'unchanged', other: 'moved' }],
    ['is of the commit', apart, { absent: 'created', equal: 'unchanged', other: 'moved' }],
    ['is of the commit', denied, { absent: 'kept', equal: 'unchanged', other: 'kept' }],
    ['moves with the legs', free, { absent: 'created', equal: 'unchanged', other: 'moved' }],
    ['moves with the legs', apart, { absent: 'kept', equal: 'unchanged', other: 'kept' }],
    ['moves with the legs', denied, { absent: 'kept', equal: 'unchanged', other: 'kept' }],
    ['is of the constraints', free, { absent: 'created', equal: 'unchanged', other: 'clash' }],
    ['is of the constraints', apart, { absent: 'kept', equal: 'unchanged', other: 'kept' }],
    ['is of the constraints', denied, { absent: 'kept', equal: 'unchanged', other: 'kept' }],
    ['is of both', free, { absent: 'created', equal: 'unchanged', other: 'clash' }],
    ['is of both', apart, { absent: 'created', equal: 'unchanged', other: 'clash' }],
    ['is of both', denied, { absent: 'kept', equal: 'unchanged', other: 'kept' }],
  ] as const)('%s, with %j', (tag, rights, decisions) => {
    const decide = (held: keyof typeof helds) => tagDecision(tags[tag], helds[held], expected, rights);
    expect({ absent: decide('absent'), equal: decide('equal'), other: decide('other') }).toEqual(decisions);
  });
});

it('writes an index with one command', () => {
  const repository = 'registry.example.com/ci';
  const digests = ['sha256:a', 'sha256:b'];
  expect(
    createIndexArguments(
      { reference: `${repository}:1`, repository, digests, annotations: { k: '{"a":1}' } },
      permissionOf({ push: 'pushed' }).fixedTags as Grant<'fixedTags'>,
    ),
  ).toEqual([
    ...['imagetools', 'create', '--tag', `${repository}:1`, '--annotation', 'index:k={"a":1}'],
    ...[`${repository}@sha256:a`, `${repository}@sha256:b`],
  ]);
});
