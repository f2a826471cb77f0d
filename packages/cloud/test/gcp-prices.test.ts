import { afterEach, expect, test } from 'vitest';
import { startSimulator, type Simulator } from '../../simulator/src/server.ts';
import type { Connection } from '../src/contract.ts';
import { gcp } from '../src/gcp/provider.ts';
import { PRICES_AS_OF, quote } from '../src/gcp/prices.ts';
import type { PriceQuery } from '../src/observations.ts';
import { Lines, QUICK, serviceAccountOf } from './support.ts';

const REGION = 'southamerica-east1';
const QUERIES: readonly PriceQuery[] = [
  { product: 'compute', region: REGION, sku: 'n2-standard-4' },
  { product: 'compute', region: REGION, sku: 'e2-small' },
  { product: 'compute', region: REGION, sku: 'n2-custom-2-8192' },
  { product: 'disk', region: REGION, sku: 'pd-standard' },
  { product: 'disk', region: REGION, sku: 'pd-balanced' },
  { product: 'snapshot', region: REGION },
  { product: 'ip_address', region: REGION },
  { product: 'database', region: REGION, sku: 'db-custom-2-7680', variant: { availability: 'REGIONAL' } },
  { product: 'database_storage', region: REGION, sku: 'PD_HDD' },
];

let simulator: Simulator | undefined;
let connection: Connection | undefined;
afterEach(async () => {
  connection?.close();
  await simulator?.close();
});

/** A simulator of its own: what a process has read of an endpoint is kept for a day. */
async function begin(lines = new Lines()): Promise<{ simulator: Simulator; connection: Connection }> {
  simulator = await startSimulator({ scenario: 'demo', transitionScale: 0 });
  connection = open(simulator, lines);
  return { simulator, connection };
}
const open = (stage: Simulator, lines: Lines): Connection =>
  gcp.connect(serviceAccountOf(stage, 'gcp-read-only'), {
    endpoint: stage.google.url,
    limits: { ...QUICK, retryForMs: 50 },
    log: lines.log,
  });
const today = (): string => new Date().toISOString().slice(0, 10);
const listings = (stage: Simulator): number =>
  stage.control.requests.list().filter((one) => one.operation === 'cloudbilling.skus.list').length;

test('prices come from the catalogue, once a day, and are those of the bundled table', async () => {
  const stage = await begin();
  stage.simulator.control.addFault({
    effect: { kind: 'partial-pages', maxItems: 50 },
    target: { actions: ['cloudbilling.*'] },
  });
  const began = today();
  const live = await stage.connection.prices(QUERIES);
  expect(live.map((one) => one?.source)).toEqual(QUERIES.map(() => 'live'));
  expect(live.map((one) => one?.query)).toEqual(QUERIES);
  expect([began, today()]).toContain(live[0]?.asOf);
  const asked = listings(stage.simulator);
  expect(asked).toBeGreaterThan(2);
  const other = open(stage.simulator, new Lines());
  expect(await other.prices(QUERIES)).toEqual(live);
  other.close();
  expect(listings(stage.simulator)).toBe(asked);
  // Spot, custom and regional SKUs of nearly the same names are not taken for them.
  QUERIES.forEach((query, index) => {
    const bundled = Number(quote(query)?.price.amount);
    const own = Number(live[index]?.price.amount);
    expect(Math.abs(own - bundled) / bundled, JSON.stringify(query)).toBeLessThan(0.001);
  });
});

test('without the catalogue there are the dated prices of the table, and it is not asked again at once', async () => {
  const lines = new Lines();
  const stage = await begin(lines);
  const [project] = stage.simulator.control.world.projects.values();
  project?.disabledApis.add('cloudbilling.googleapis.com');
  const quotes = await stage.connection.prices([
    ...QUERIES,
    { product: 'compute', region: REGION, sku: 'x9-odd' },
  ]);
  expect(quotes.slice(0, -1).map((one) => [one?.source, one?.asOf])).toEqual(
    QUERIES.map(() => ['bundled', PRICES_AS_OF]),
  );
  expect(quotes.at(-1)).toBeUndefined();
  expect(lines.has('bundled prices are used')).toBe(true);
  const asked = listings(stage.simulator);
  await stage.connection.prices(QUERIES);
  expect(listings(stage.simulator)).toBe(asked);
});
