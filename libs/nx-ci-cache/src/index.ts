export { createNodes, createNodesV2, name } from './plugin/create-nodes';
