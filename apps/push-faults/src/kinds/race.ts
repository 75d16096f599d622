/** Somebody changes the branch between our reading and our push. */
import { publishFiles, type PublishStep } from '@nx-ci-cache/branch';
import { once, type FaultKind } from '../fault';
import { branch, requestOf } from '../world/template';
import type { World } from '../world/world';

const ref = `refs/heads/${branch}`;
const transports = ['file', 'http'] as const;
const between: readonly PublishStep[] = ['fetch', 'compare', 'commit', 'push'];

/** A commit of another writer on `parent` with the tree the branch has. */
const theirCommit = ({ onRemote }: World, parent: string | null, subject: string): string =>
  onRemote('commit-tree', `${ref}^{tree}`, ...(parent === null ? [] : ['-p', parent]), '-m', subject);

const race = (
  name: string,
  act: (world: World) => Promise<unknown> | unknown,
  rest: Partial<FaultKind> = {},
): FaultKind => ({
  name,
  transports,
  ends: ['pushed'],
  weight: 2,
  ...rest,
  arm: (world, random) => {
    const step = random.pick(between);
    return { at: step, ...once(step, async () => void (await act(world))) };
  },
});

export const races: readonly FaultKind[] = [
  race('the ref is deleted', ({ onRemote }) => onRemote('update-ref', '-d', ref)),
  race('the ref is rewound', ({ onRemote }) => onRemote('update-ref', ref, `${ref}~1`)),
  race('the ref is force-pushed to another history', (world) =>
    world.onRemote('update-ref', ref, theirCommit(world, null, 'another history')),
  ),
  race('another writer pushes', (world) =>
    world.onRemote('update-ref', ref, theirCommit(world, world.tip(), 'another writer')),
  ),
  race(
    'a newer run publishes the same file',
    ({ template, remote }) => publishFiles(requestOf(template, `file://${remote}`, 2, 'one==9\n')),
    { ends: ['superseded'], final: 'theirs' },
  ),
  {
    name: 'the ref is deleted after our push',
    transports,
    ends: ['pushed'],
    arm: ({ onRemote }) => ({ at: 'settle', ...once('settle', () => void onRemote('update-ref', '-d', ref)) }),
  },
];
