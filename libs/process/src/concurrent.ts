/** Bounded concurrency: hundreds of pages or layers must not open hundreds of connections. */

/** `transform` over `values`, at most `limit` at a time; results keep the order of the values. */
export const mapConcurrently = async <Value, Result>(
  values: readonly Value[],
  limit: number,
  transform: (value: Value) => Promise<Result>,
): Promise<Result[]> => {
  const results = new Array<Result>(values.length);
  const queue = values.entries();
  const worker = async () => {
    for (const [position, value] of queue) results[position] = await transform(value);
  };
  await Promise.all(Array.from({ length: Math.min(limit, values.length) }, worker));
  return results;
};
