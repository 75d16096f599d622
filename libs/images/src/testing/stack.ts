/** The embedded backend, which belongs to the tools and to no project: the one place that reaches over to it. */
// eslint-disable-next-line @nx/enforce-module-boundaries
export { down, stackEnv, startNode, stopNode, up } from '../../../../tools/src/stack';
