/** Circles of a graph: each strongly connected part of more than one node, since in it everything waits for everything. */

export type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/** Tarjan's algorithm; each circle sorted, so that a message stays the same. */
export const circlesOf = (graph: Graph): readonly (readonly string[])[] => {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const circles: string[][] = [];
  const visit = (node: string): number => {
    let low = order.size;
    order.set(node, low);
    const start = open.push(node) - 1;
    for (const next of graph.get(node) ?? []) {
      if (!order.has(next)) low = Math.min(low, visit(next));
      else if (open.includes(next)) low = Math.min(low, lowest.get(next) ?? order.get(next) ?? low);
    }
    lowest.set(node, low);
    if (low === order.get(node)) {
      const part = open.splice(start);
      if (part.length > 1) circles.push(part.sort());
    }
    return low;
  };
  for (const node of graph.keys()) if (!order.has(node)) visit(node);
  return circles;
};

/** The graph of groups of nodes; what lies within one group, or in none, is left out. */
export const grouped = (graph: Graph, groupOf: (node: string) => string | undefined): Graph => {
  const groups = new Map<string, Set<string>>();
  for (const [node, nexts] of graph) {
    const group = groupOf(node);
    if (group === undefined) continue;
    const known = groups.get(group) ?? new Set();
    groups.set(group, known);
    for (const next of nexts) {
      const other = groupOf(next);
      if (other !== undefined && other !== group) known.add(other);
    }
  }
  return groups;
};
