/** Maps with at most `atOnce` calls under way, results in order. The first failure ends it; started calls are awaited. */
export async function mapLimited<T, R>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  let failed = false;
  const worker = async (): Promise<void> => {
    while (next < items.length && !failed) {
      const index = next++;
      try {
        results[index] = await work(items[index] as T);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const outcomes = await Promise.allSettled(Array.from({ length: Math.min(atOnce, items.length) }, worker));
  const failure = outcomes.find((o) => o.status === 'rejected');
  if (failure) throw failure.reason;
  return results;
}

/**
 * Reads several streams at once and hands out what comes first. Each stream is read one item
 * ahead at most, so a slow consumer slows all of them. Leaving the loop early ends them.
 */
export async function* merged<T>(streams: readonly AsyncIterable<T>[]): AsyncGenerator<T> {
  const iterators = streams.map((s) => s[Symbol.asyncIterator]());
  const pull = async (index: number) => ({
    index,
    result: await (iterators[index] as AsyncIterator<T>).next(),
  });
  const pending = new Map(iterators.map((_, index) => [index, pull(index)]));
  try {
    while (pending.size > 0) {
      const { index, result } = await Promise.race(pending.values());
      if (result.done) {
        pending.delete(index);
        continue;
      }
      pending.set(index, pull(index));
      yield result.value;
    }
  } finally {
    for (const left of pending.values()) left.catch(() => undefined);
    // Not awaited: a stream may be inside a request that only its signal can end.
    for (const index of pending.keys()) void iterators[index]?.return?.(undefined)?.catch(() => undefined);
  }
}
