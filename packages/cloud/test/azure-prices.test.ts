import tls from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startSimulator, type Simulator } from '../../simulator/src/server.ts';
import { azure } from '../src/azure/provider.ts';
import type { Connection } from '../src/contract.ts';
import type { PriceQuery } from '../src/observations.ts';
import { applicationOf, QUICK } from './support.ts';

describe('retail prices of Azure', () => {
  let simulator: Simulator;
  const connections: Connection[] = [];
  const trusted = tls.getCACertificates('default');
  // A connection remembers prices: each test begins with a new one.
  const connect = (): Connection => {
    const connection = azure.connect(applicationOf(simulator, 'azure-admin'), {
      endpoint: simulator.microsoft.url,
      limits: { ...QUICK, retryForMs: 100 },
    });
    connections.push(connection);
    return connection;
  };
  const asked = (): number =>
    simulator.control.requests.list().filter(({ operation }) => operation === 'RetailPrices').length;

  beforeAll(async () => {
    simulator = await startSimulator({ scenario: 'demo', transitionScale: 0, clock: { factor: 0 } });
    tls.setDefaultCACertificates([...trusted, simulator.microsoft.ca]);
  });
  afterEach(() => simulator.control.faults.clear());
  afterAll(async () => {
    for (const connection of connections) connection.close();
    tls.setDefaultCACertificates(trusted);
    await simulator.close();
  });

  const region = 'eastus';
  const machine = (os: string): PriceQuery => ({
    product: 'compute',
    region,
    sku: 'Standard_D2s_v5',
    variant: { os },
  });

  test.each<[string, PriceQuery, string, string]>([
    ['a Linux machine, not its spare capacity', machine('linux'), '0.096', 'hour'],
    ['a Windows machine', machine('windows'), '0.188', 'hour'],
    ['a DTU database, sold by the day', { product: 'database', region, sku: 'S0' }, '0.0202', 'hour'],
    ['a vCore', { product: 'database', region, sku: 'GP_Gen5' }, '0.2525', 'hour'],
    ['an App Service plan on Linux', { product: 'function', region, sku: 'P1v3' }, '0.155', 'hour'],
    ['an address', { product: 'ip_address', region, sku: 'Standard' }, '0.005', 'hour'],
    ['a NAT gateway', { product: 'nat_gateway', region }, '0.045', 'hour'],
    ['a cluster', { product: 'cluster', region }, '0.1', 'hour'],
    [
      'blobs over zones',
      { product: 'object_storage', region, sku: 'Standard_ZRS', variant: { tier: 'Hot' } },
      '0.026',
      'gib-month',
    ],
  ])('%s', async (_what, query, amount, unit) => {
    const [quote] = await connect().prices([query]);
    expect(quote).toMatchObject({ query, price: { amount, currency: 'USD' }, unit, source: 'live' });
    expect(quote?.asOf).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  });

  test('disks, sold in steps of size, are priced by the bundled table with its date', async () => {
    const [quote] = await connect().prices([{ product: 'disk', region, sku: 'Premium_LRS' }]);
    expect(quote).toMatchObject({ source: 'bundled', unit: 'gib-month', asOf: '2026-07-01' });
  });

  test('are asked once', async () => {
    const connection = connect();
    await connection.prices([machine('linux')]);
    const before = asked();
    await connection.prices([machine('linux'), machine('linux')]);
    expect(asked()).toBe(before);
  });

  test.each([
    ['a page of HTML', { kind: 'html-error' as const }],
    ['a lost connection', { kind: 'reset' as const }],
    ['throttling for good', { kind: 'throttle' as const, retryAfterSeconds: 60 }],
    ['a cut answer', { kind: 'truncate' as const }],
  ])('%s: bundled prices at once, and the list is left alone for a while', async (_what, effect) => {
    const connection = connect();
    simulator.control.addFault({ effect, target: { actions: ['prices:*'] } });
    const [quote] = await connection.prices([machine('linux')]);
    expect(quote).toMatchObject({ price: { amount: '0.096' }, source: 'bundled', asOf: '2026-07-01' });
    const before = asked();
    const [other] = await connection.prices([machine('windows')]);
    expect(other).toMatchObject({ source: 'bundled', price: { amount: '0.188' } });
    expect(asked()).toBe(before);
  });

  test('a price nobody knows is none', async () => {
    expect(await connect().prices([{ product: 'compute', region: 'nowhere', sku: 'Standard_X1' }])).toEqual([
      undefined,
    ]);
  });

  test('an estimate says which prices it is from', async () => {
    const estimate = await connect().estimate({
      creatable: 'azure.compute.vm',
      region,
      input: { size: 'Standard_D2s_v5', publicAddress: true },
    });
    expect(estimate.source).toBe('mixed');
    expect(estimate.items.map(({ monthly }) => monthly.amount)).toEqual(['70.08', '2.301', '3.65']);
    expect(estimate.monthly).toEqual({ amount: '76.031', currency: 'USD' });
  });
});
