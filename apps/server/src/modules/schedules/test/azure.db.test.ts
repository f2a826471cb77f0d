import tls from 'node:tls';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '#platform/ids/ids.ts';
import {
  allFeatures,
  eventually,
  startCloudStage,
  synchronise,
  type CloudStage,
} from '../../../../test/support/cloud.ts';

/** Everything runs here, beside other tests that do the same: time is no sign of a fault. */
const patience = 240_000;

const targets = [
  { type: 'azure.compute.vm', name: 'vm-dev-1', arm: 'Microsoft.Compute/virtualMachines' },
  { type: 'azure.web.site', name: 'api-aurora', arm: 'Microsoft.Web/sites' },
] as const;

let stage: CloudStage;
const trusted = tls.getCACertificates('default');

beforeAll(async () => {
  stage = await startCloudStage({ scenario: 'demo' });
  tls.setDefaultCACertificates([...trusted, stage.simulator.microsoft.ca]);
  const found = stage.simulator.control.report?.applications?.find(({ label }) => label === 'azure-admin');
  if (!found?.subscriptionId) throw new Error('the scenario has no application of Azure');
  const { tenantId, clientId, clientSecret, subscriptionId } = found;
  const answer = await stage.owner.post(`${stage.base}/accounts`, {
    provider: 'azure',
    endpoint: 'microsoft',
    name: 'Aurora Azure',
    credentials: { method: 'client_secret', values: { tenantId, clientId, clientSecret, subscriptionId } },
    features: allFeatures,
  });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  await synchronise(stage, answer.body.id, patience);
}, 2 * patience);
afterAll(async () => {
  await stage.close();
  tls.setDefaultCACertificates(trusted);
});

/** What the simulated subscription says of a target now. */
function stateIn(target: (typeof targets)[number]): unknown {
  const [subscription] = stage.simulator.control.world.subscriptions.values();
  subscription?.settle(stage.simulator.control.world.clock.now());
  const found = subscription?.ofType(target.arm).find(({ name }) => name === target.name);
  return found?.properties['_power'] ?? found?.properties['state'];
}

async function idsOf(): Promise<string[]> {
  const { rows } = await stage.sql.query<{ id: string }>(
    'select id from inventory.resource where (type, name) in (select * from unnest($1::text[], $2::text[]))',
    [targets.map(({ type }) => type), targets.map(({ name }) => name)],
  );
  return rows.map(({ id }) => id);
}

/** Carries a job out as a worker does each minute. */
async function run(name: string, payload: unknown): Promise<void> {
  const job = stage.atlas.application.parts
    .flatMap((part) => part.jobs ?? [])
    .find((one) => one.name === name);
  if (job === undefined) throw new Error(`no job ${name}`);
  const signal = new AbortController().signal;
  const context = { signal, draining: signal, log: pino({ level: 'silent' }), jobId: newId(), attempt: 1 };
  await job.handler(job.schema.parse(payload), context);
}

test(
  'schedules stop and start a virtual machine and an app of Azure',
  { timeout: 4 * patience },
  async () => {
    const resourceIds = await idsOf();
    expect(resourceIds).toHaveLength(2);
    const wanted = { stop: ['deallocated', 'Stopped'], start: ['running', 'Running'] } as const;
    expect(targets.map(stateIn)).toEqual(wanted.start);
    for (const operation of ['stop', 'start'] as const) {
      const soon = new Date(stage.atlas.clock.now().getTime() + 2 * 60_000);
      const { status, body } = await stage.owner.post(`${stage.base}/schedules`, {
        name: `Azure ${operation}`,
        operation,
        targets: { resourceIds },
        recurrence: { kind: 'daily' },
        time: soon.toISOString().slice(11, 16),
        timeZone: 'UTC',
      });
      expect(status, JSON.stringify(body)).toBe(201);
      stage.advance(3 * 60_000);
      await run('schedules.tick', {});
      const { items } = await eventually(
        async () => {
          // Beside the worker's own: where the two meet and one fails, the queue would run it again.
          await run('schedules.settle', { organizationId: stage.organizationId }).catch(() => undefined);
          return (await stage.owner.get(`${stage.base}/schedules/${body.id}/runs`)).body;
        },
        (answer) => typeof answer.items[0]?.finishedAt === 'string',
        patience,
      );
      const ended = (await stage.owner.get(`${stage.base}/schedule-runs/${items[0].id}`)).body;
      expect(ended, JSON.stringify(ended)).toMatchObject({
        status: 'succeeded',
        trigger: 'schedule',
        counts: { total: 2, done: 2 },
      });
      expect(targets.map(stateIn)).toEqual(wanted[operation]);
    }
  },
);
