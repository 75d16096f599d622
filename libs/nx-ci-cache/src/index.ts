export { createDependencies } from './plugin/create-dependencies';
export { createNodes, createNodesV2, name } from './plugin/create-nodes';
export type { CiCacheJson } from '@nx-ci-cache/config/src/ci-cache.schema';
export type {
  BaseFacts,
  BranchFacts,
  CellFacts,
  CellRecord,
  ChangesRecord,
  Config,
  FailureRecord,
  FreezeRecord,
  ImageRecord,
  LegPlan,
  LegReasons,
  LegRecord,
  PlanRecord,
  PushRecord,
  SnapshotRecord,
  WhyRecord,
} from '@nx-ci-cache/records';
export type { RefreshReport } from '@nx-ci-cache/report';
