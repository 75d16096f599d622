/** The proof that caches are worth something: builders that have nothing build every leg from the published refs alone. */
import type { RegistryClient } from '../registry/client';
import type { VerifiedLeg } from '@nx-ci-cache/records';
import type { Buildx } from '../builder/buildx';
import type { LegFacts } from '../leg/sources';
import { consume } from './consume';
import { inEmptyBuilder, type DaemonKind } from './empty-builder';
import { isWarm } from './verdict';
import { verifyLeg } from './verify-leg';

export interface VerifyCachesOptions {
  readonly legs: readonly LegFacts[];
  readonly registry: RegistryClient;
  readonly buildx: Buildx;
  readonly daemon: DaemonKind;
  readonly emit: (line: string) => void;
}

export interface VerifiedCaches {
  readonly legs: readonly VerifiedLeg[];
  /** The leg that a consumer's build was made on; absent when a cache failed before. */
  readonly consumed?: string;
}

/** @throws CiCacheError `BuilderUnfit`, `CommandFailed`, `OptionInvalid`, `RegistryFailed`. */
export const verifyCaches = async ({
  legs,
  registry,
  buildx,
  daemon,
  emit,
}: VerifyCachesOptions): Promise<VerifiedCaches> => {
  const verified: VerifiedLeg[] = [];
  for (const facts of legs) {
    const { name, platform } = facts.spec;
    // One each: what it found for one leg would be there for the next.
    const leg = await inEmptyBuilder({ buildx, daemon, platforms: [platform] }, (empty) =>
      verifyLeg(facts, registry, empty),
    );
    emit(`${name}: ${leg.steps.cached} of ${leg.steps.total} steps CACHED`);
    verified.push(leg);
  }
  const [first] = legs;
  if (first === undefined || !verified.every(isWarm)) return { legs: verified };
  const { name, platform } = first.spec;
  await inEmptyBuilder({ buildx, daemon, platforms: [platform] }, (empty) => consume(first, empty, emit));
  emit(`${name}: a consumer's build found every layer`);
  return { legs: verified, consumed: name };
};
