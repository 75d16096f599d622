/** One repository that every fault of a sweep meets, one commit after the other, as a branch lives. */
import { permissionOf, type ImageRecord, type LegRecord } from '@nx-ci-cache/records';
import { ensureBuilder, publishIndex, type LegFacts } from '../..';
import { faultyRegistry, type FaultyRegistry } from '../faulty-registry';
import { dockerfile, startWorld, type World } from '../world';

export interface PublishedSweep {
  readonly leg: LegRecord;
  readonly image: ImageRecord;
}

export interface Sweep {
  readonly world: World;
  readonly faulty: FaultyRegistry;
  /** As the registry itself knows it, past what fails. */
  readonly repository: string;
  /** Of a new commit. @param state of which the leg must take its time. */
  readonly newLeg: (state: string) => LegFacts;
  readonly run: (facts: LegFacts, signal?: AbortSignal) => Promise<PublishedSweep>;
  readonly isFresh: (facts: LegFacts) => Promise<boolean>;
  readonly stop: () => Promise<void>;
}

const limits = { timeoutMs: 60_000, quietMs: 6_000, cacheQuietMs: 3_000 };

export const startSweep = async (): Promise<Sweep> => {
  const world = await startWorld();
  const faulty = await faultyRegistry(world.host);
  await ensureBuilder({ ...world, platforms: ['linux/amd64'], emit: () => undefined });
  let version = 0;
  const sweep: Sweep = {
    ...{ world, faulty, repository: `${world.host}/sweep` },
    newLeg: (state) => {
      version += 1;
      const slow = dockerfile.replace('RUN echo', 'RUN sleep 3; echo');
      return world.legOf(
        'sweep',
        'linux/amd64',
        {
          'app/version.txt': `${version}\n`,
          'app/Dockerfile': state.endsWith('in a step') ? slow : dockerfile,
        },
        faulty.host,
      );
    },
    run: async (facts, signal) => {
      const wish = signal === undefined ? {} : { signal };
      const leg = await world.build(facts, await world.plan(facts), world.definition.name, limits, wish);
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
      await world.stop();
    },
  };
  await sweep.run(sweep.newLeg(''));
  return sweep;
};
