export { killDaemon, startNode, stopNode } from './daemon-faults';
export { down, type DownOptions } from './down';
export { stackEnv, type StackEnvironment } from './env';
export { StackError } from './errors';
export { onOwnDisk, ownDisk, type OwnDisk } from './own-disk';
export { status, type PartStatus } from './status';
export { up, type UpOptions } from './up';
export type { NodeName, PartName } from './words';
