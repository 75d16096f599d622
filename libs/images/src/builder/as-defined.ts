/** Whether a builder is the one described, to the last option: buildx reports one with old certificates as it does any other. */
import { canonicalJson } from '@nx-ci-cache/process';
import type { BuilderDefinition } from './definition';
import type { ObservedBuilder } from './observed';

export const isAsDefined = (builder: ObservedBuilder, definition: BuilderDefinition): boolean =>
  builder.driver === definition.driver &&
  builder.nodes.length === definition.nodes.length &&
  definition.nodes.every(({ name, address, platforms, driverOptions }, index) => {
    const node = builder.nodes[index];
    if (node?.name !== name || node.explicit.join() !== platforms.join()) return false;
    const sameAddress = address === undefined || node.endpoint === address;
    return sameAddress && canonicalJson(node.driverOptions) === canonicalJson(driverOptions);
  });
