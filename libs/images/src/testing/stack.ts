/** The embedded backend, which belongs to the tools and to no project: the one place that reaches over to it. */
export { down, stackEnv, startNode, stopNode, up } from '@nx-ci-cache/testbed';
