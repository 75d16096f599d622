/** One repository that every fault of a sweep meets, one commit after the other, as a branch lives. */
import { permissionOf, type ImageRecord, type LegRecord } from '@nx-ci-cache/records';
import { onOwnDisk, type OwnDisk } from '@nx-ci-cache/testbed';
import { ensureBuilder, publishIndex, type LegFacts } from '../..';
import { faultyRegistry, type FaultyRegistry } from '../faulty-registry';
import { dockerfile, startWorld, type World } from '../world';
import { startOwnRegistry, type OwnRegistry } from './own-registry';

export interface PublishedSweep {
  readonly leg: LegRecord;
  readonly image: ImageRecord;
}

/** What a fault may do to a run from within. */
export interface Disturbance {
  readonly signal?: AbortSignal;
  readonly planned?: () => Promise<void>;
}

export interface Sweep {
  readonly world: World;
  readonly faulty: FaultyRegistry;
  readonly registry: OwnRegistry;
  readonly disks: Readonly<Record<'node' | 'registry', OwnDisk>>;
  /** As the registry itself knows it, past what fails. */
  readonly repository: string;
  /** Of a new commit. @param text of its Dockerfile. */
  readonly newLeg: (text?: string) => LegFacts;
  readonly run: (facts: LegFacts, disturbance?: Disturbance) => Promise<PublishedSweep>;
  readonly isFresh: (facts: LegFacts) => Promise<boolean>;
  readonly stop: () => Promise<void>;
}

const limits = { timeoutMs: 60_000, quietMs: 6_000, cacheQuietMs: 3_000 };

/** Of which a step takes its time, and leaves something. */
export const slowDockerfile = dockerfile.replace('RUN echo', 'RUN sleep 3; head -c 64K /dev/urandom > /data; echo');

export const startSweep = async (): Promise<Sweep> => {
  const world = await startWorld();
  const registry = await startOwnRegistry();
  const faulty = await faultyRegistry(registry.host);
  const disks = { node: await onOwnDisk(world.stateDir, 'amd64'), registry: registry.disk };
  let version = 0;
  const sweep: Sweep = {
    ...{ world, faulty, registry, disks, repository: `${registry.host}/sweep` },
    newLeg: (text = dockerfile) => {
      version += 1;
      const files = { 'app/version.txt': `${version}\n`, 'app/Dockerfile': text };
      return world.legOf('sweep', 'linux/amd64', files, faulty.host);
    },
    run: async (facts, { signal, planned: isPlanned = async () => undefined } = {}) => {
      const planned = await world.plan(facts);
      if (planned.fresh === undefined)
        await ensureBuilder({ ...world, platforms: ['linux/amd64'], emit: () => undefined });
      await isPlanned();
      const wish = signal === undefined ? {} : { signal };
      const leg = await world.build(facts, planned, world.definition.name, limits, wish);
      // A run that ends does not go on to publish.
      signal?.throwIfAborted();
      const tags = [
        { name: facts.source.commit, ofCommit: true, ofConstraints: false },
        { name: 'latest', ofCommit: false, ofConstraints: false },
      ];
      const image = await publishIndex({
        ...world,
        ...{ run: 'run-1', planDigest: 'p', specs: [facts.spec], records: [leg], tags },
        ...{ permission: permissionOf({ push: 'pushed' }), emit: () => undefined },
      });
      return { leg, image };
    },
    isFresh: async (facts) => (await world.plan(facts)).fresh !== undefined,
    stop: async () => {
      faulty.stop();
      await registry.stop();
      await world.stop();
    },
  };
  await sweep.run(sweep.newLeg());
  return sweep;
};
