/** The records tests read, by the names the plugin's own libraries give them. */
export type { RefreshReport } from '@nx-ci-cache/report';
export type {
  CellRecord,
  ChangesRecord,
  FreezeRecord,
  ImageRecord,
  LegRecord,
  PushRecord,
  VerifyRecord,
} from '@nx-ci-cache/records';
