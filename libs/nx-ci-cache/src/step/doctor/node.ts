/** One node for one platform: the smallest build tells whether it builds, emulates, has room, and knows the time. */
import { machineOf, probe, type Buildx, type ObservedNode } from '@nx-ci-cache/images';
import { isNative } from '@nx-ci-cache/records';
import type { Examined, Finding } from '@nx-ci-cache/report';
import { advice, findingOf, unseen, well, wrong } from './check';
import { judgeClock } from './clock';

export interface NodeToExamine {
  readonly builder: string;
  readonly platform: string;
  readonly node: Pick<ObservedNode, 'name' | 'endpoint' | 'version'>;
  readonly buildx: Buildx;
}

/** Of a node that runs. */
export const examineNode = async ({ builder, platform, node, buildx }: NodeToExamine): Promise<readonly Examined[]> => {
  const { name, endpoint, version = 'of no version' } = node;
  const probed = await probe(buildx, builder, platform).catch(findingOf);
  if ('verdict' in probed) return [{ check: 'node', ...probed }];
  const { metadata, freeBytes, aheadMs } = probed;
  return [
    { check: 'node', ...well(`${name} builds ${platform} with BuildKit ${version} at ${endpoint}`) },
    { check: 'emulation', ...judgeMachine(name, platform, machineOf(metadata)) },
    { check: 'disk', ...judgeDisk(name, builder, freeBytes) },
    {
      check: 'clock',
      ...(aheadMs === undefined ? unseen(`${name} does not tell the time`) : judgeClock(name, aheadMs)),
    },
  ];
};

/** That emulated programs run is shown by then. @param machine its platform, where BuildKit tells. */
export const judgeMachine = (node: string, platform: string, machine: string | undefined): Finding => {
  if (machine === undefined) return unseen(`${node} does not say what machine it is`);
  return isNative(platform, machine)
    ? well(`${node} is native: a machine of ${machine}`)
    : advice(
        `${node} emulates ${platform} on a machine of ${machine}, which takes several times as long`,
        `Give ${platform} a machine of its own in builder.nodes, or bear it; requireNative refuses it.`,
      );
};

const gigabyte = 1e9;

/** Less than a base image takes when it is unpacked fails; less than a few builds take is worth a word. */
export const judgeDisk = (node: string, builder: string, freeBytes: number | undefined): Finding => {
  if (freeBytes === undefined) return unseen(`${node}: no program of ours asks on this platform`);
  const says = `${node} has ${(freeBytes / gigabyte).toFixed(1)} GB free`;
  const mend = `docker buildx prune --builder ${builder}, or a larger disk`;
  if (freeBytes < gigabyte) return wrong(says, mend);
  return freeBytes < 10 * gigabyte ? advice(says, mend) : well(says);
};
