/** How an image is written, against real nodes and a registry: attested, or the same to the byte wherever it is built. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LegSpec } from '@nx-ci-cache/config';
import { inWords, permissionOf, type ImageOutput, type LegRecord } from '@nx-ci-cache/records';
import { down, stackEnv, up } from '@nx-ci-cache/testbed';
import { baseDigests, builderDefinition, ensureBuilder, publishIndex, type LegFacts } from '..';
import type { OciIndex, OciManifest } from '../registry/oci';
import { testTags } from '../testing/leg';
import { startWorld, type World } from '../testing/world';

const platforms = ['linux/amd64'];
const folder = mkdtempSync(join(tmpdir(), 'ci-cache-output-'));
const emptyDir = join(folder, 'empty');
let world: World;
beforeAll(async () => {
  world = await startWorld();
  await ensureBuilder({ ...world, platforms, emit: () => undefined });
});
afterAll(async () => {
  await down(emptyDir, { purge: true });
  await world?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const leg = (name: string, change: Partial<LegSpec>): LegFacts => {
  const facts = world.legOf(name, 'linux/amd64');
  return { ...facts, spec: { ...facts.spec, ...change } };
};

const manifestOf = async (repository: string, digest = '') =>
  (await world.registry.getManifest(`${repository}@${digest}`))?.body as OciManifest & OciIndex;

const publish = ({ spec }: LegFacts, record: LegRecord) =>
  publishIndex({
    ...{ ...world, run: 'run-1', planDigest: 'p', specs: [spec], records: [record], tags: testTags },
    permission: permissionOf({ push: 'pushed' }),
    emit: () => undefined,
  });

/** Says of every image the same: what counts is that it was asked. */
const scanner = `#!/bin/sh
mkdir -p "$BUILDKIT_SCAN_DESTINATION"
echo '{"_type":"https://in-toto.io/Statement/v0.1","predicateType":"https://spdx.dev/Document","predicate":{}}' \\
  > "$BUILDKIT_SCAN_DESTINATION/sbom.spdx.json"
`;

const pushScanner = (): string => {
  const reference = `${world.host}/scanner:1`;
  writeFileSync(join(folder, 'scan.sh'), scanner);
  const entry = 'COPY scan.sh /scan.sh\nENTRYPOINT ["/bin/sh", "/scan.sh"]';
  writeFileSync(join(folder, 'Dockerfile'), `FROM ${world.host}/base/python:3.11\n${entry}\n`);
  const output = `type=image,name=${reference},push=true`;
  const args = ['build', '--builder', 'ci_cache', '--platform', 'linux/amd64', '--output', output, folder];
  execFileSync(world.buildx.file, args, { stdio: 'pipe', env: { ...process.env, ...world.buildx.env } });
  return reference;
};

it('attests the image beside it: the image stays what it is, and is published with what attests it', async () => {
  const sbom = pushScanner();
  const plain = leg('attested', {});
  const digests = { ...plain.bases, ...(await baseDigests(world.registry, [sbom])) };
  const output = { labels: {}, provenance: 'max', sbom } as const;
  const annotations = { 'org.opencontainers.image.revision': 'abc' };
  const attested = { ...plain, bases: digests, spec: { ...plain.spec, output, annotations } };
  const { repository } = plain.spec;

  const { digest } = await world.refresh(plain);
  const record = await world.refresh(attested);
  expect(record).toMatchObject({ result: 'built', digest, attestations: [expect.stringMatching(/^sha256:/)] });
  const fresh = await world.plan(attested);
  expect(fresh).toMatchObject({ reasons: [], fresh: { digest, attestations: record.attestations } });

  const published = await publish(attested, record);
  expect(published).toMatchObject({ result: 'published', platforms: [{ platform: 'linux/amd64', digest }] });
  const index = await manifestOf(repository, published.digest);
  expect(index.annotations).toEqual(annotations);
  expect(index.manifests.map((each) => each.digest)).toEqual([digest, ...(record.attestations ?? [])]);
  const { layers } = await manifestOf(repository, record.attestations?.[0]);
  expect(layers.map(({ annotations: said = {} }) => said['in-toto.io/predicate-type']?.split('/')[2])).toEqual(
    expect.arrayContaining(['slsa.dev', 'spdx.dev']),
  );
  expect(await publish(attested, record)).toMatchObject({ result: 'unchanged' });

  await world.forget(`${repository}@${record.attestations?.[0]}`);
  expect(inWords((await world.plan(attested)).reasons)).toEqual([`an attestation of ${repository}@${digest} is gone`]);
});

const buildOnEmpty = async (facts: LegFacts): Promise<LegRecord> => {
  await down(emptyDir, { purge: true });
  await up(emptyDir, { parts: ['amd64'] });
  const { CI_CACHE_BUILDKIT_AMD64: endpoint = '' } = stackEnv(emptyDir);
  const definition = builderDefinition({ name: 'empty', nodes: [{ platforms, endpoint }] });
  await ensureBuilder({ buildx: world.buildx, definition, platforms, emit: () => undefined });
  return world.build(facts, await world.plan(facts), 'empty');
};

it('comes out the same on two nodes that share nothing, with the times of sourceDateEpoch', async () => {
  const output: ImageOutput = {
    compression: 'zstd',
    ...{ compressionLevel: 3, forceCompression: true },
    ...{ sourceDateEpoch: 86400, rewriteTimestamp: true, labels: { kind: 'test' } },
  };
  const first = leg('same-one', { output });
  const second = { ...first, spec: leg('same-two', { output }).spec };
  const { digest } = await buildOnEmpty(first);
  const again = await buildOnEmpty({ ...second, allowDirty: true });
  expect(again).toMatchObject({ result: 'built', digest, steps: { total: 4, cached: 0 } });
  const { config, layers } = await manifestOf(first.spec.repository, digest);
  const types = new Set(layers.map(({ mediaType }) => mediaType));
  expect([...types]).toEqual(['application/vnd.oci.image.layer.v1.tar+zstd']);
  const written = JSON.parse((await world.registry.getBlob(first.spec.repository, config.digest)).toString('utf8'));
  expect(written).toMatchObject({ created: '1970-01-02T00:00:00Z', config: { Labels: { kind: 'test' } } });
});
