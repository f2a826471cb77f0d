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

/** Streams of `merged` that are read at the same time: each holds a page of up to 1,000 resources in memory. */
const STREAMS_AT_ONCE = 4;

/**
 * Reads several streams at once, a few at a time, and hands out what comes first. A stream is asked for its next item
 * when the consumer is done with the last one, so a slow consumer slows all of them. Leaving the loop early ends them.
 */
export async function* merged<T>(streams: readonly AsyncIterable<T>[]): AsyncGenerator<T> {
  const waiting = [...streams];
  const open = new Set<AsyncIterator<T>>();
  const pending = new Map<AsyncIterator<T>, Promise<{ from: AsyncIterator<T>; result: IteratorResult<T> }>>();
  const pull = async (from: AsyncIterator<T>) => ({ from, result: await from.next() });
  try {
    for (;;) {
      while (open.size < STREAMS_AT_ONCE) {
        const from = waiting.shift()?.[Symbol.asyncIterator]();
        if (from === undefined) break;
        open.add(from);
        pending.set(from, pull(from));
      }
      if (open.size === 0) return;
      const { from, result } = await Promise.race(pending.values());
      pending.delete(from);
      if (result.done) {
        open.delete(from);
        continue;
      }
      yield result.value;
      pending.set(from, pull(from));
    }
  } finally {
    for (const left of pending.values()) left.catch(() => undefined);
    // Not awaited: a stream may be inside a request that only its signal can end.
    for (const from of open) void from.return?.(undefined)?.catch(() => undefined);
  }
}
