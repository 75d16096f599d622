/** The records tests read, by the names the plugin's own libraries give them. */
export type { ChangesRecord, FreezeRecord, LegRecord, PushRecord, RefreshReport } from '@nx-ci-cache/report';
