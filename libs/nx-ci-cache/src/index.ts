export { createDependencies } from './plugin/create-dependencies';
export { createNodes, createNodesV2, name } from './plugin/create-nodes';
