import type { RegistryClient } from '../registry/client';
import { mediaTypes } from '../registry/oci';
import { testTags } from '../testing/leg';
import { tagFaults } from './tag-faults';

const repository = 'registry.example.com/acme/ci';
const platforms = [{ platform: 'linux/amd64', digest: 'sha256:a' }];
const index = (digest: string) => ({
  ...{ digest: 'sha256:i', mediaType: mediaTypes.index, size: 1 },
  body: { manifests: [{ digest, platform: { os: 'linux', architecture: 'amd64' } }] },
});

it.each([
  ['hold the legs', { abc: 'sha256:a', latest: 'sha256:a' }, []],
  ['are not there', { latest: 'sha256:a' }, [{ kind: 'tag', text: 'no tag abc yet' }]],
  [
    'were moved',
    { abc: 'sha256:a', latest: 'sha256:b' },
    [{ kind: 'tag', text: 'the tag latest holds another image' }],
  ],
])('says what is wrong with tags that %s', async (_name, held, faults) => {
  const digests = new Map(Object.entries(held).map(([tag, digest]) => [`${repository}:${tag}`, index(digest)]));
  const registry = { getManifest: async (reference: string) => digests.get(reference) } as unknown as RegistryClient;
  expect(await tagFaults(registry, { repository, tags: testTags, platforms })).toEqual(faults);
});
