import type { ExecutorContext } from '@nx/devkit';
import { refuseUnlocked } from './locked';

const refuse = (inputs: NonNullable<unknown>[], externalNodes?: readonly string[]) =>
  refuseUnlocked({
    projectsConfigurations: { projects: { app: { root: 'app', targets: { cell: { inputs } } } } },
    ...(externalNodes && {
      projectGraph: { externalNodes: Object.fromEntries(externalNodes.map((name) => [name, {}])) },
    }),
  } as unknown as ExecutorContext);

const asking = ['default', { externalDependencies: ['nx-ci-cache'] }];

it.each<[what: string, inputs: NonNullable<unknown>[], nodes: readonly string[] | undefined]>([
  ['a lockfile with the plugin', asking, ['npm:nx', 'npm:nx-ci-cache']],
  ['a lockfile with several versions of it', asking, ['npm:nx-ci-cache@1.0.0']],
  ['a workspace that develops it', ['default', { input: 'default', projects: 'nx-ci-cache' }], []],
  ['a run by hand, which knows no graph', asking, undefined],
])('accepts %s', (_what, inputs, nodes) => expect(() => refuse(inputs, nodes)).not.toThrow());

it.each([[[]], [['npm:nx', 'npm:nx-ci-cache-other']]])('refuses a workspace whose lockfile holds %j', (nodes) => {
  expect(() => refuse(asking, nodes)).toThrow('no lockfile of this workspace holds nx-ci-cache');
});
