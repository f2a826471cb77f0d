import { afterAll, beforeAll, expect, test } from 'vitest';
import { allFeatures, eventually, startCloudStage, type CloudStage } from '../../../../test/support/cloud.ts';
import { schedule } from './harness.ts';

// Schedules know operations by name and no provider: machines and databases of Google Cloud are stopped and started as
// any other, by the workers of the product against the simulated project.

const patience = 240_000;
let stage: CloudStage;
const names = ['web-1', 'recommender-db'] as const;

beforeAll(async () => {
  stage = await startCloudStage({ scenario: 'demo' });
  const found = stage.simulator.control.report?.serviceAccounts?.find(({ label }) => label === 'gcp-admin');
  const answer = await stage.owner.post(`${stage.base}/accounts`, {
    provider: 'gcp',
    endpoint: 'google',
    name: 'Google Cloud',
    credentials: { method: 'service_account', values: { serviceAccountKey: found?.key ?? '' } },
    features: allFeatures,
  });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  await eventually(
    () => stage.owner.get(`${stage.base}/sync-runs`),
    ({ body }) =>
      body.items.length > 0 && body.items.every((run: { status: string }) => run.status !== 'running'),
    patience,
  );
}, patience);
afterAll(() => stage.close(), patience);

async function resources(): Promise<{ id: string; name: string; state: string }[]> {
  const { rows } = await stage.sql.query(
    `select id, name, state from inventory.resource
     where name = any($1) and type in ('gcp.compute.instance', 'gcp.sql.instance') order by type`,
    [names],
  );
  return rows;
}

/** How the cloud itself has them: `status` of the machine, the activation policy of the database. */
function inTheCloud(): unknown[] {
  const [project] = stage.simulator.control.world.projects.values();
  project?.settle(stage.simulator.control.world.clock.now());
  return names.map((name) => {
    const object = [...(project?.objects.values() ?? [])].find(
      (one) => one.name === name && one.collection.endsWith('.instances'),
    );
    const settings = object?.data['settings'] as { activationPolicy?: string } | undefined;
    return object?.data['status'] ?? settings?.activationPolicy;
  });
}

/** Makes a schedule, has it run now, and waits for its end. */
async function runNow(operation: 'stop' | 'start', ids: string[]) {
  // Its own time is half a day away.
  const time = new Date(Date.now() + 43_200_000).toISOString().slice(11, 16);
  const made = await stage.owner.post(`${stage.base}/schedules`, schedule(ids, { operation, time }));
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  const path = `${stage.base}/schedules/${made.body.id}/runs`;
  const started = await stage.owner.post(path, {});
  expect(started.status, JSON.stringify(started.body)).toBeLessThan(300);
  const { body } = await eventually(
    () => stage.owner.get(path),
    (answer) =>
      answer.body.items.length > 0 &&
      answer.body.items.every((run: { status: string }) => !['pending', 'running'].includes(run.status)),
    patience,
  );
  return body.items[0];
}

test(
  'a machine and a database are stopped and started by schedules',
  async () => {
    const found = await resources();
    expect(found.map(({ state }) => state)).toEqual(['running', 'running']);
    const ids = found.map(({ id }) => id);
    expect(await runNow('stop', ids)).toMatchObject({ status: 'succeeded', counts: { total: 2, done: 2 } });
    expect(inTheCloud()).toEqual(['TERMINATED', 'NEVER']);
    await eventually(resources, (now) => now.every(({ state }) => state === 'stopped'), patience);
    expect(await runNow('start', ids)).toMatchObject({ status: 'succeeded', counts: { total: 2, done: 2 } });
    expect(inTheCloud()).toEqual(['RUNNING', 'ALWAYS']);
  },
  2 * patience,
);
