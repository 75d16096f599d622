/** The stack's vocabulary, so that messages, state and tests use the same few words. */

/** Parts that are a running process. */
export const daemonNames = ['registry', 'amd64', 'arm64'] as const;
export type DaemonName = (typeof daemonNames)[number];

export const nodeNames = ['amd64', 'arm64'] as const;
export type NodeName = (typeof nodeNames)[number];

/** All parts, in the order they are shown; `remote` is files only and `bases` lives in the registry. */
export const partNames = [...daemonNames, 'remote', 'bases'] as const;
export type PartName = (typeof partNames)[number];

export const isDaemon = (part: PartName): part is DaemonName => (daemonNames as readonly string[]).includes(part);
export const isNode = (part: PartName): part is NodeName => (nodeNames as readonly string[]).includes(part);

export const platformOf = (node: NodeName): string => `linux/${node}`;
