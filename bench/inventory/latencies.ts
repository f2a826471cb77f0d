import type { Client } from '../lib/product.ts';

/** How often a question is asked. */
export const ROUNDS = 30;

/** Latencies of a question in ms, one after the other; the first one, which warms up, is left out. */
export async function latencies(
  client: Client,
  query: string,
): Promise<{ query: string; p50: number; p95: number; total: number }> {
  const times: number[] = [];
  let total = 0;
  for (let round = 0; round <= ROUNDS; round += 1) {
    const started = performance.now();
    ({ total = 0 } = await client.call('GET', query));
    if (round > 0) times.push(performance.now() - started);
  }
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  return { query, p50: at(0.5), p95: at(0.95), total };
}
