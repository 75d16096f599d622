/** Bounded concurrency: hundreds of pages or layers must not open hundreds of connections. */

/**
 * `transform` over `values`, at most `limit` at a time; results keep the order of the values.
 * @throws what the first call to fail threw, once every call that was started has ended; no further one is started then.
 */
export const mapConcurrently = async <Value, Result>(
  values: readonly Value[],
  limit: number,
  transform: (value: Value) => Promise<Result>,
): Promise<Result[]> => {
  const results = new Array<Result>(values.length);
  const failures: unknown[] = [];
  const queue = values.entries();
  const worker = async () => {
    for (const [position, value] of queue) {
      if (failures.length > 0) return;
      try {
        results[position] = await transform(value);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, values.length) }, worker));
  if (failures.length > 0) throw failures[0];
  return results;
};
