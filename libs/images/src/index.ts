export { baseDigests } from './bases';
export { buildArguments, cacheFrom, type BuildPlace, type StagedBuild } from './leg/arguments';
export { chooseImport } from './leg/import';
export { recordedBaseLegs, type BaseLegs } from './leg/base-legs';
export { buildLeg, type BuildLegOptions } from './leg/build-leg';
export type { BuildLimits } from './leg/execute';
export type { Step } from './builder/metadata';
export {
  readLegSources,
  sharedContexts,
  stageLeg,
  withSharedContexts,
  type LegFacts,
  type LegSources,
  type ReadContext,
  type SharedContexts,
} from './leg/sources';
export { refuseFaults, type LookedAt } from './leg/faults';
export { buildNodes, type BuildNode } from './builder/build-node';
export { buildxCommand, buildxWith, type Buildx } from './builder/buildx';
export { builderDefinition, createArguments, type BuilderDefinition, type NodeDefinition } from './builder/definition';
export { hasEngine } from './builder/engine';
export { ensureEmulation } from './builder/emulation/ensure-emulation';
export { ensureBuilder, type EnsureBuilderOptions, type EnsuredBuilder } from './builder/ensure';
export { lookAtBuilder, type Seen } from './builder/look';
export { machineOf } from './builder/metadata';
export type { ObservedBuilder, ObservedNode } from './builder/observed';
export { observeBuilder } from './builder/observe';
export { builderFault } from './builder/preflight';
export { probe, emulator, type Probed } from './builder/probe';
export { refuseDirty } from './context/clean';
export { refuseEdited } from './context/edited';
export { contextFilter } from './context/ignore';
export type { Source } from './context/source';
export {
  committedDockerfile,
  readSourceContext,
  type SourceContext,
  type SourcePlaces,
} from './context/source-context';
export { devArguments, type DevOutput } from './dev/arguments';
export { buildDevImage, type DevImage, type DevImageOptions } from './dev/dev-image';
export { baseImages, type BaseImage, type BaseImages } from './dockerfile/base-images';
export { startedFrom } from './dockerfile/started-from';
export { readDockerfile } from './dockerfile/instructions';
export { freezeImage, type FreezeImageOptions, type FrozenContent } from './freeze/freeze-image';
export { glibcOf } from './glibc/glibc-of';
export { emulatedLast } from './plan/emulated';
export { buildForecast } from './plan/forecast';
export { inputDigest, legInputs, type InputFacts } from './plan/inputs';
export type { RecordedLeg } from './plan/leg-annotations';
export { legMatrix, type Matrix } from './plan/matrix';
export { standingOf, type Order, type Standing } from './plan/order';
export { seenInputs, type InputsSeen } from './plan/unseen-bases';
export { planLeg, staleReasons, staleness, type PlanFacts, type PlannedLeg } from './plan/plan-leg';
export { nodeQueues, queueWords, type NodeQueue, type StaleLeg } from './plan/queue';
export { inputDifferences } from './plan/reasons';
export { readLegState, readLegTag, type LegState } from './plan/state';
export type { CommitTags } from './prune/commit-tags';
export type { Found } from './prune/former-leg';
export { planPrune, type PrunePlanFacts } from './prune/plan-prune';
export { nameOf, removeLeftovers, type RemovedLeftovers, type RemoveOptions } from './prune/remove-leftovers';
export { createIndexArguments, type IndexToCreate } from './registry/imagetools';
export { indexState, type IndexState } from './publish/index-state';
export { publishIndex, type PublishIndexOptions } from './publish/publish-index';
export { checkPushRight } from './registry/push-right';
export { tagFaults, type PublishedContent } from './publish/tag-faults';
export { layerBytes } from './registry/layers';
export { remembering } from './registry/remembering';
export { registryClient, type Manifest, type RegistryClient, type RegistryOptions } from './registry/client';
export { isPinned, parseReference, pinnedReference, type ImageReference } from './registry/reference';
export { toolEnvironment } from './environment';
export { daemonKind, type DaemonKind } from './verify/empty-builder';
export { verdictSaid, verifyFaults } from './verify/verdict';
export { verifyCaches, type VerifiedCaches, type VerifyCachesOptions } from './verify/verify-caches';
