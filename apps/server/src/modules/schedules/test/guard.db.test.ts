import { afterAll, beforeAll, expect, test } from 'vitest';
import { schedule, startSchedules, type SchedulesStage } from './harness.ts';

let stage: SchedulesStage;
beforeAll(async () => {
  stage = await startSchedules();
});
afterAll(() => stage.close());

test('neither the workspace nor the account of a run under way is deleted; afterwards both are', async () => {
  const dropWorkspace = () => stage.owner.call('DELETE', stage.base, { confirm: 'main' });
  const dropAccount = () =>
    stage.owner.call('DELETE', `${stage.base}/accounts/${stage.accountId}`, { confirm: 'Cloud' });
  await stage.owner.post('/orgs/aurora/workspaces', { name: 'Spare', slug: 'spare' });
  await stage.at('2027-03-03T10:00:00Z');
  const machines = await stage.addResources(1);
  const { status, body } = await stage.call('POST', '/schedules', schedule(machines, { name: 'Nights' }));
  expect(status).toBe(201);

  // Claimed, not carried out yet.
  await stage.at('2027-03-03T20:00:30Z');
  await stage.tick();
  const claimed = await dropWorkspace();
  expect([claimed.status, claimed.body.code]).toEqual([409, 'conflict']);
  expect(claimed.body.detail).toContain('The schedule Nights is being carried out: disable it and wait');

  // Its orders are placed: the account is needed too.
  await stage.drain('schedules.carry_out');
  const ordered = await dropAccount();
  expect([ordered.status, ordered.body.code]).toEqual([409, 'conflict']);
  expect(ordered.body.detail).toContain('The operation stop on machine-0 is being carried out');
  expect((await dropWorkspace()).status).toBe(409);
  expect((await stage.call('GET', `/schedules/${body.id}`)).status).toBe(200);

  await stage.endOrders();
  expect((await dropAccount()).status).toBe(204);
  expect((await dropWorkspace()).status).toBe(204);
}, 120_000);
