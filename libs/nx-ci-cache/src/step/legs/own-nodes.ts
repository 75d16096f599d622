/** The builder of a job that several share: a machine of one platform has no node of another, and may not even reach it. */
import type { Config } from '@nx-ci-cache/records';

/** With the nodes of these platforms alone. */
export const withNodesOf = (platforms: readonly string[], config: Config): Config => ({
  ...config,
  builder: {
    ...config.builder,
    nodes: config.builder.nodes
      .map((node) => ({ ...node, platforms: node.platforms.filter((platform) => platforms.includes(platform)) }))
      .filter((node) => node.platforms.length > 0),
  },
});

/** For a job that builds nothing: where nodes are is none of its business, and need not be known where it runs. */
export const withoutPlaces = ({ builder, ...config }: Config): Config => ({
  ...config,
  builder: { requireNative: builder.requireNative, nodes: builder.nodes.map(({ platforms }) => ({ platforms })) },
});
