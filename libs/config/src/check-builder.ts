/** Rules between the values of a builder: one node for each platform, and none that everybody on the network may drive. */
import type { BuilderNode, Config } from '@nx-ci-cache/records';
import { invalid, type Place } from './invalid';
import { checkTemplate } from './template';

/** @throws CiCacheError `OptionInvalid` for the first rule that does not hold. */
export const checkBuilder = ({ file, images, platforms, builder }: Config): void => {
  checkDistinct(platforms, { file, key: 'platforms' });
  if (builder.emulation !== undefined && builder.requireNative)
    throw invalid({ file, key: 'builder.emulation' }, builder.emulation, 'nothing, as requireNative refuses emulation');
  builder.nodes.forEach((node, at) => {
    const place = { file, key: `builder.nodes[${at}]` };
    checkDistinct(node.platforms, { file, key: `${place.key}.platforms` });
    for (const key of ['endpoint', 'ca', 'cert', 'key'] as const)
      checkTemplate(node[key] ?? '', { file, key: `${place.key}.${key}` });
    if (builder.driver === 'kubernetes' && node.endpoint !== undefined)
      throw invalid(
        { file, key: `${place.key}.endpoint` },
        node.endpoint,
        'nothing: kubernetes makes its nodes itself',
      );
    checkNode(node, place);
  });
  if (images.length === 0) return;
  for (const platform of platforms) {
    const nodes = builder.nodes.filter((node) => node.platforms.includes(platform));
    if (nodes.length === 1) continue;
    throw invalid(
      { file, key: 'builder.nodes' },
      builder.nodes,
      `exactly one node with platform ${platform}, found ${nodes.length}`,
    );
  }
};

/** The same before and after its placeholders are filled in. @throws CiCacheError `OptionInvalid`. */
export const checkNode = (node: BuilderNode, place: Place): void => {
  const { endpoint = '', ca, cert, key, driverOptions = {}, allowInsecureLoopback = false } = node;
  const at = (name: string): Place => ({ ...place, key: `${place.key}.${name}` });
  for (const name of Object.keys(driverOptions)) {
    const value = driverOptions[name];
    if (['cacert', 'cert', 'key'].includes(name))
      throw invalid(at(`driverOptions.${name}`), value, 'nothing: write ca, cert and key of the node instead');
    if (/token|passw|secret|credential/i.test(name))
      throw invalid(at(`driverOptions.${name}`), '…', 'no secret: buildx lists every option of a builder');
  }
  const files = [ca, cert, key].filter((file) => file !== undefined);
  if (files.length % 3 !== 0) throw invalid(place, { ca, cert, key }, 'ca, cert and key together');
  if (endpoint.startsWith('{env.')) return;
  if (!endpoint.startsWith('tcp://')) {
    if (files.length > 0) throw invalid(at('endpoint'), endpoint, 'tcp://host:port, which alone uses ca, cert and key');
    return;
  }
  if (!/^tcp:\/\/[A-Za-z0-9._:[\]-]+:\d+$/.test(endpoint)) throw invalid(at('endpoint'), endpoint, 'tcp://host:port');
  if (files.length > 0 || (allowInsecureLoopback && loopback.test(endpoint))) return;
  throw invalid(
    at('endpoint'),
    endpoint,
    'tcp:// with ca, cert and key beside it; without them unix:///…, ssh://…, or this machine itself with allowInsecureLoopback',
    'Any RUN step, and anybody on the network, could drive that daemon: give it certificates, or reach it by ssh://.',
  );
};

const loopback = /^tcp:\/\/(127\.\d+\.\d+\.\d+|localhost|\[::1\]):/;

/** Two spellings of one platform are one by now. */
const checkDistinct = (platforms: readonly string[], place: Place): void => {
  if (new Set(platforms).size === platforms.length) return;
  throw invalid(
    place,
    platforms,
    'each platform once: linux/arm64/v8 is linux/arm64, and linux/amd64/v1 is linux/amd64',
  );
};
