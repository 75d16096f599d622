export { killDaemon, startNode, stopNode } from './daemon-faults';
export { down, type DownOptions } from './down';
export { stackEnv, type StackEnvironment } from './env';
export { StackError } from './errors';
export { onOwnDisk, type OwnDisk } from './own-disk';
export { status, type PartStatus } from './status';
export { up, type UpOptions } from './up';
export type { DaemonName, NodeName, PartName } from './words';
