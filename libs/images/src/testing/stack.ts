/** What tests of images stand on. */
export { down, stackEnv, startNode, stopNode, up } from '@nx-ci-cache/testbed';
