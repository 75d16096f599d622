import type { LegRecord } from '@nx-ci-cache/records';
import { inputDigest } from '../plan/inputs';
import { legAnnotations, type RecordedLeg } from '../plan/leg-annotations';
import type { RegistryClient } from '../registry/client';
import { testInputs, testSpec } from '../testing/leg';
import { publishable } from './publishable';

const spec = testSpec();
const recorded: RecordedLeg = {
  ...{ inputs: testInputs, buildId: 'build', digest: 'sha256:image', cacheDigest: 'sha256:cache' },
  ...{ constraintsCommit: 'c0ffee', sourceCommit: 'abcdef', node: 'linux-amd64' },
};
const record: LegRecord = {
  ...{ result: 'built', leg: spec.name, platform: spec.platform, inputDigest: inputDigest(testInputs) },
  ...{ buildId: 'build', digest: 'sha256:image' },
};
/** Holds every image, and the leg tag of one build. */
const registry = (leg: RecordedLeg) =>
  ({
    getManifest: async () => ({
      mediaType: 'application/vnd.oci.image.index.v1+json',
      body: { manifests: [{ digest: leg.digest }], annotations: legAnnotations(leg) },
    }),
  }) as unknown as RegistryClient;
const judged = async (change: Partial<LegRecord>, leg: Partial<RecordedLeg> = {}) =>
  (await publishable(registry({ ...recorded, ...leg }), [spec], [{ ...record, ...change }])).fault?.result;

describe('the record of a leg', () => {
  it.each<[string, Partial<LegRecord>, Partial<RecordedLeg>, string | undefined]>([
    ['that its leg tag bears out', {}, {}, undefined],
    ['of a build that another run made, planned otherwise', { planned: 'ours' }, {}, undefined],
    ['whose build another run replaced', {}, { buildId: 'newer' }, 'superseded'],
    ['that was overtaken after its plan', { result: 'superseded', buildId: 'ours' }, {}, 'superseded'],
    ['that was built apart', { buildId: 'ours', apart: true }, {}, undefined],
    ['that names another image for the very build', { digest: 'sha256:other' }, {}, 'refused'],
    ['that says the very build was apart', { apart: true }, {}, 'refused'],
    ['that says the very build was overtaken', { result: 'superseded' }, {}, 'refused'],
    ['that names another build for the very plan', { planned: 'build', buildId: 'other' }, {}, 'refused'],
  ])('%s', async (_name, change, leg, result) => {
    expect(await judged(change, leg)).toBe(result);
  });
});
