export { down, type DownOptions } from './down';
export { stackEnv, type StackEnvironment } from './env';
export { StackError } from './errors';
export { killNode, startNode, stopNode } from './node-faults';
export { status, type PartStatus } from './status';
export { up, type UpOptions } from './up';
export type { NodeName, PartName } from './words';
