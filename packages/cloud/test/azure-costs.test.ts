import tls from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSimulator, type Simulator } from '../../simulator/src/server.ts';
import { azure } from '../src/azure/provider.ts';
import type { Connection } from '../src/contract.ts';
import { sum } from '../src/decimal.ts';
import { applicationOf, failure, listAll, QUICK } from './support.ts';

const day = (daysAgo: number): string =>
  new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 10);

describe('costs of Azure by resource', () => {
  let simulator: Simulator;
  let connection: Connection;
  const trusted = tls.getCACertificates('default');

  beforeAll(async () => {
    simulator = await startSimulator({ scenario: 'demo', transitionScale: 0, clock: { factor: 0 } });
    tls.setDefaultCACertificates([...trusted, simulator.microsoft.ca]);
    connection = azure.connect(applicationOf(simulator, 'azure-admin'), {
      endpoint: simulator.microsoft.url,
      limits: QUICK,
    });
  });
  afterAll(async () => {
    connection.close();
    tls.setDefaultCACertificates(trusted);
    await simulator.close();
  });

  const month = { from: day(35), to: day(5), granularity: 'daily' as const };
  const groups = () => (connection.costGroups ?? []).map((by) => ({ by }));

  test('add up to the bill over several pages, and their ids are those of the inventory', async () => {
    const fine = await connection.costs({ ...month, groupBy: groups() });
    const whole = await connection.costs({ ...month, groupBy: [] });
    expect(fine.rows.length).toBeGreaterThan(1_000);
    expect(sum(fine.rows.map((row) => row.amount))).toBe(sum(whole.rows.map((row) => row.amount)));
    const machines = await listAll(connection, {
      service: 'compute',
      region: 'global',
      types: ['azure.compute.vm'],
    });
    const [service, region, resource] = ['service', 'region', 'resource'].map((by) =>
      (connection.costGroups ?? []).findIndex((group) => group === by),
    ) as [number, number, number];
    const running = machines.resources.filter(
      ({ state, createdAt }) => state === 'running' && createdAt !== undefined && createdAt < month.from,
    );
    expect(running.length).toBeGreaterThan(3);
    for (const machine of running) {
      const days = fine.rows.filter(
        ({ keys }) => keys[resource] === machine.nativeId && keys[service] === 'Virtual Machines',
      );
      expect(days.length, machine.nativeId).toBeGreaterThan(0);
      expect(new Set(days.map(({ keys }) => keys[region]))).toEqual(new Set([machine.region]));
    }
  });

  test('a third group that does not follow from the resource is refused', async () => {
    const error = await failure(
      connection.costs({
        ...month,
        groupBy: [{ by: 'service' }, { by: 'charge_type' }, { by: 'resource_type' }],
      }),
    );
    expect(error.kind).toBe('invalid_input');
  });
});
