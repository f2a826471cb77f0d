import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  connectAccount,
  newMember,
  orderEnd,
  startCloudStage,
  synchronise,
  type CloudStage,
} from '../../../../test/support/cloud.ts';
import type { TestBrowser } from '../../../../test/support/application.ts';
import { DEMO_ACCOUNT } from '../../../../../../packages/simulator/src/scenarios/demo/demo.ts';
import { ec2Store } from '../../../../../../packages/simulator/src/aws/services/ec2/store.ts';
import { workflowFinished } from '#platform/workflow/finished.ts';
import { carryOutOrder } from '../orders/kind.ts';

interface Instance {
  id: string;
  name: string;
  shortId: string;
  state: string;
  region: string;
}

describe('orders to act on what there is', () => {
  let stage: CloudStage;
  let accountId: string;

  beforeAll(async () => {
    stage = await startCloudStage({ scenario: 'demo' });
    accountId = (await connectAccount(stage)).id;
    expect((await synchronise(stage, accountId)).status).toBe('succeeded');
  });
  afterEach(() => stage.simulator.control.faults.clear());
  afterAll(() => stage.close());

  /** Each test takes instances of its own. */
  const taken = new Set<string>();
  async function instances(state: 'running' | 'stopped', count: number): Promise<Instance[]> {
    const { body } = await stage.owner.get(
      `${stage.base}/resources?type=aws.ec2.instance&state=${state}&limit=200`,
    );
    const free = (body.items as Instance[]).filter((row) => !taken.has(row.id)).slice(0, count);
    expect(free.length, `free ${state} instances`).toBe(count);
    for (const row of free) taken.add(row.id);
    return free;
  }

  async function instance(state: 'running' | 'stopped'): Promise<Instance> {
    const [row] = await instances(state, 1);
    if (row === undefined) throw new Error('none left');
    return row;
  }

  function operate(
    resourceIds: string[],
    operation: string,
    more: object = {},
    browser: TestBrowser = stage.owner,
  ) {
    return browser.post(`${stage.base}/operations`, { resourceIds, operation, ...more });
  }

  async function detail(id: string) {
    return (await stage.owner.get(`${stage.base}/resources/${id}`)).body;
  }

  function atProvider(row: Instance): string | undefined {
    const account = stage.simulator.control.world.accounts.get(DEMO_ACCOUNT);
    return account?.store(ec2Store, row.region).instances.get(row.shortId)?.data.instance.State?.Name;
  }

  function calls(operation: string): number {
    return stage.simulator.control.requests.list().filter((request) => request.operation === operation)
      .length;
  }

  async function audit(
    orderId: string,
  ): Promise<
    { action: string; outcome: string; details: Record<string, unknown>; target: { id: string } }[]
  > {
    const { body } = await stage.owner.get('/orgs/aurora/audit?limit=100');
    return body.items
      .filter((entry: { details: { orderId?: string } }) => entry.details?.orderId === orderId)
      .toReversed();
  }

  test('an order whose run is lost needs attention, and does not keep its account for ever', async () => {
    const row = await instance('running');
    const { body } = await operate([row.id], 'stop');
    const order = await orderEnd(stage, body.orders[0].id);
    // As a run leaves it that is interrupted again and again: its end is all that there is.
    const { rows } = await stage.sql.query<{ id: string }>(
      `with lost as (update inventory.cloud_order set status = 'running', finished_at = null where id = $1)
       select id from platform.workflow_run where input ->> 'orderId' = $1::text`,
      [order.id],
    );
    const { db, events } = stage.atlas.application.platform;
    const { organizationId } = stage;
    await db.inTenant({ organizationId }, (tx) =>
      events.publish(tx, workflowFinished, {
        organizationId,
        runId: rows[0]?.id ?? '',
        workflow: carryOutOrder.name,
        workspaceId: null,
        status: 'needs_attention',
      }),
    );
    expect(await orderEnd(stage, order.id)).toMatchObject({ status: 'needs_attention' });
  });

  test('stop and start show in the cloud, the inventory, the history and the audit log', async () => {
    const row = await instance('running');
    const asked = await operate([row.id], 'stop');
    expect(asked.status).toBe(202);
    expect(asked.body).toMatchObject({
      refused: [],
      orders: [{ operation: 'stop', status: 'pending', resourceId: row.id, requestedBy: expect.any(String) }],
    });
    const order = await orderEnd(stage, asked.body.orders[0].id);
    expect(order).toMatchObject({ status: 'done', problem: null, message: null });
    expect(atProvider(row)).toBe('stopped');
    const seen = await detail(row.id);
    expect([seen.state, seen.pendingOrder]).toEqual(['stopped', null]);
    const { body: history } = await stage.owner.get(`${stage.base}/resources/${row.id}/history`);
    expect(history.items[0].fields).toContainEqual({
      path: 'state',
      from: expect.any(String),
      to: 'stopped',
    });
    expect(
      (await audit(order.id)).map(({ action, outcome, target }) => [action, outcome, target.id]),
    ).toEqual([
      ['resource.stop_requested', 'success', row.id],
      ['resource.stop', 'success', row.id],
    ]);
    const started = await operate([row.id], 'start');
    expect((await orderEnd(stage, started.body.orders[0].id)).status).toBe('done');
    expect((await detail(row.id)).state).toBe('running');
  });

  test('reboot and tags, on several at once, each for itself', async () => {
    const rows = await instances('running', 3);
    const ids = rows.map((row) => row.id);
    const asked = await operate([...ids, '01900000-0000-7000-8000-000000000000'], 'tag', {
      parameters: { tags: { 'cost-center': 'CC-9', 'emoji 🌍': 'x' } },
    });
    expect(asked.body.refused).toEqual([
      { resourceId: '01900000-0000-7000-8000-000000000000', reason: 'not_found' },
    ]);
    for (const { id } of asked.body.orders) expect((await orderEnd(stage, id)).status).toBe('done');
    for (const id of ids)
      expect((await detail(id)).tags).toMatchObject({ 'cost-center': 'CC-9', 'emoji 🌍': 'x' });
    const reboots = calls('RebootInstances');
    const rebooted = await operate(ids, 'restart');
    for (const { id } of rebooted.body.orders) expect((await orderEnd(stage, id)).status).toBe('done');
    expect(calls('RebootInstances') - reboots).toBe(3);
  });

  test('terminating wants the name, or the number, typed; it cannot be undone by accident', async () => {
    const [one, two, three] = await instances('running', 3);
    if (one === undefined || two === undefined || three === undefined) throw new Error('none');
    for (const confirm of [undefined, '', 'yes', two.name === one.name ? 'other' : two.name, '1']) {
      const refused = await operate([one.id], 'delete', confirm === undefined ? {} : { confirm });
      expect([refused.status, refused.body.errors[0].path], String(confirm)).toEqual([422, 'body.confirm']);
    }
    expect((await operate([two.id, three.id], 'delete', { confirm: two.name })).status).toBe(422);
    expect(atProvider(one)).toBe('running');
    const single = await operate([one.id], 'delete', { confirm: one.name });
    expect((await orderEnd(stage, single.body.orders[0].id)).status).toBe('done');
    const both = await operate([two.id, three.id], 'delete', { confirm: '2' });
    for (const { id } of both.body.orders) expect((await orderEnd(stage, id)).status).toBe('done');
    for (const row of [one, two, three]) {
      expect(['terminated', undefined]).toContain(atProvider(row));
      const again = await operate([row.id], 'delete', { confirm: row.name });
      expect(again.body.refused).toEqual([{ resourceId: row.id, reason: 'state' }]);
    }
  });

  test('what blocks an operation is said before and when it is asked for', async () => {
    const [running, stopped] = [await instance('running'), await instance('stopped')];
    const blocked = async (id: string, operation: string, browser = stage.owner) => {
      const { body } = await browser.get(`${stage.base}/resources/${id}`);
      return body.operations.find((each: { id: string }) => each.id === operation)?.blockedBy;
    };
    expect([
      await blocked(running.id, 'stop'),
      await blocked(running.id, 'start'),
      await blocked(stopped.id, 'stop'),
    ]).toEqual([null, 'state', 'state']);
    expect((await operate([stopped.id], 'stop')).body.refused).toEqual([
      { resourceId: stopped.id, reason: 'state' },
    ]);
    expect((await operate([running.id], 'explode')).body.refused).toEqual([
      { resourceId: running.id, reason: 'unsupported' },
    ]);
    const operator = await newMember(stage.atlas, stage.organizationId, 'operator');
    const viewer = await newMember(stage.atlas, stage.organizationId, 'viewer');
    expect([
      await blocked(running.id, 'stop', operator),
      await blocked(running.id, 'delete', viewer),
      await blocked(running.id, 'stop', viewer),
    ]).toEqual([null, 'role', 'role']);
    expect((await operate([running.id], 'delete', { confirm: running.name }, viewer)).status).toBe(403);
    expect((await operate([running.id], 'stop', {}, viewer)).status).toBe(403);
    const account = `${stage.base}/accounts/${accountId}`;
    await stage.owner.call('PATCH', account, { features: ['inventory'] });
    expect(await blocked(running.id, 'stop')).toBe('feature_off');
    expect((await operate([running.id], 'stop')).body.refused).toEqual([
      { resourceId: running.id, reason: 'feature_off' },
    ]);
    await stage.owner.call('PATCH', account, {
      features: ['inventory', 'metrics', 'costs', 'operate', 'create', 'delete'],
      enabled: false,
    });
    expect(await blocked(running.id, 'stop')).toBe('account_disabled');
    await stage.owner.call('PATCH', account, { enabled: true });
    expect(atProvider(running)).toBe('running');
  });

  test('a request that is wrong for one resource starts nothing for the others', async () => {
    const [one, two] = await instances('running', 2);
    const before = (await stage.owner.get(`${stage.base}/orders?limit=1`)).body.items[0]?.id;
    const wrong = await operate([one?.id ?? '', two?.id ?? ''], 'stop', {
      parameters: { force: 'maybe', colour: 'red' },
    });
    expect([wrong.status, wrong.body.errors.map((error: { path: string }) => error.path).toSorted()]).toEqual(
      [422, ['body.parameters.colour', 'body.parameters.force']],
    );
    expect((await stage.owner.get(`${stage.base}/orders?limit=1`)).body.items[0]?.id).toBe(before);
  });

  test('a dry run acts on nothing and says whether it would be allowed', async () => {
    const row = await instance('running');
    const asked = await operate([row.id], 'delete', { dryRun: true });
    const order = await orderEnd(stage, asked.body.orders[0].id);
    expect(order).toMatchObject({ status: 'done', result: { status: 'allowed' } });
    expect(atProvider(row)).toBe('running');
    expect((await audit(order.id)).every((entry) => entry.details.dryRun === true)).toBe(true);
    stage.simulator.control.addFault({
      effect: { kind: 'deny' },
      target: { actions: ['ec2:TerminateInstances'] },
    });
    const denied = await operate([row.id], 'delete', { dryRun: true });
    expect(await orderEnd(stage, denied.body.orders[0].id)).toMatchObject({
      status: 'failed',
      problem: { kind: 'denied', action: 'ec2:TerminateInstances' },
    });
    expect(
      (await operate([row.id], 'untag', { dryRun: true, parameters: { keys: ['x'] } })).body.refused[0]
        ?.reason ?? 'accepted',
    ).toMatch(/dry_run_unsupported|accepted/);
  });

  test('a refusal of the provider ends the order with its words, and the resource is free again', async () => {
    const row = await instance('running');
    stage.simulator.control.addFault({
      effect: { kind: 'deny' },
      target: { actions: ['ec2:StopInstances'] },
    });
    const asked = await operate([row.id], 'stop');
    const order = await orderEnd(stage, asked.body.orders[0].id);
    expect(order).toMatchObject({
      status: 'failed',
      problem: { kind: 'denied', action: 'ec2:StopInstances' },
    });
    expect(order.message).toContain('StopInstances');
    expect((await audit(order.id)).map(({ action, outcome }) => [action, outcome])).toEqual([
      ['resource.stop_requested', 'success'],
      ['resource.stop', 'failure'],
    ]);
    stage.simulator.control.faults.clear();
    const again = await operate([row.id], 'stop');
    expect((await orderEnd(stage, again.body.orders[0].id)).status).toBe('done');
  });

  test('an answer that is lost is not an order that is lost: it is asked whether it happened', async () => {
    const row = await instance('running');
    stage.simulator.control.addFault({
      effect: { kind: 'reset-after-work' },
      target: { actions: ['ec2:StopInstances'] },
      times: 1,
    });
    const asked = await operate([row.id], 'stop');
    expect(await orderEnd(stage, asked.body.orders[0].id)).toMatchObject({ status: 'done', problem: null });
    expect(atProvider(row)).toBe('stopped');
  });

  test('accepted, but not in effect after half an hour: a person must look', async () => {
    const row = await instance('running');
    const { control } = stage.simulator;
    control.world.clock.setFactor(0);
    control.world.transitionScale = 1;
    try {
      const asked = await operate([row.id], 'stop');
      const id = asked.body.orders[0].id;
      await new Promise((resolve) => setTimeout(resolve, 1500));
      expect((await stage.owner.get(`${stage.base}/orders/${id}`)).body).toMatchObject({
        status: 'running',
        step: 'wait',
      });
      expect((await detail(row.id)).state).toBe('stopping');
      stage.advance(31 * 60_000);
      const order = await orderEnd(stage, id);
      expect(order).toMatchObject({
        status: 'needs_attention',
        message: expect.stringContaining('30 minutes'),
      });
      expect((await audit(id)).at(-1)).toMatchObject({
        action: 'resource.stop',
        outcome: 'failure',
        details: { status: 'needs_attention' },
      });
    } finally {
      control.world.transitionScale = 0;
      control.world.clock.setFactor(1);
      control.advance(3600);
    }
  });

  test('the same request twice is one order, also later and with the same key for other work refused', async () => {
    const row = await instance('running');
    const idempotencyKey = 'a-key-of-the-client-1';
    const stops = calls('StopInstances');
    const answers = await Promise.all([1, 2, 3].map(() => operate([row.id], 'stop', { idempotencyKey })));
    const ids = new Set(
      answers.flatMap((answer) => answer.body.orders.map((order: { id: string }) => order.id)),
    );
    expect([ids.size, answers.flatMap((answer) => answer.body.refused)]).toEqual([1, []]);
    const [id = ''] = ids as Set<string>;
    expect((await orderEnd(stage, id)).status).toBe('done');
    expect((await operate([row.id], 'stop', { idempotencyKey })).body).toMatchObject({
      orders: [{ id, status: 'done' }],
      refused: [],
    });
    expect(calls('StopInstances') - stops).toBe(1);
    const other = await operate([row.id], 'start', { idempotencyKey });
    expect(other.body.code).toBe('idempotency_mismatch');
  });

  test('two people at once on one resource: one is first, the other is told', async () => {
    const row = await instance('running');
    const admin = await newMember(stage.atlas, stage.organizationId, 'admin');
    const answers = await Promise.all([
      operate([row.id], 'stop'),
      operate([row.id], 'restart', {}, admin),
      operate([row.id], 'stop', {}, admin),
    ]);
    const orders = answers.flatMap((answer) => answer.body.orders);
    expect(orders).toHaveLength(1);
    expect(
      answers.flatMap((answer) => answer.body.refused).map((refused: { reason: string }) => refused.reason),
    ).toEqual(['pending', 'pending']);
    expect((await orderEnd(stage, orders[0].id)).status).toBe('done');
  });

  test('an account keeps until its orders have ended; then they go with it', async () => {
    const row = await instance('running');
    // Until it is taken away again, the order cannot end.
    stage.simulator.control.addFault({
      effect: { kind: 'latency', milliseconds: 8_000 },
      target: { actions: ['ec2:*'] },
    });
    const asked = await operate([row.id], 'stop');
    const account = (await stage.owner.get(`${stage.base}/accounts/${accountId}`)).body.account;
    const disconnect = () =>
      stage.owner.call('DELETE', `${stage.base}/accounts/${accountId}`, { confirm: account.name });
    const refused = await disconnect();
    expect([refused.status, refused.body.detail]).toEqual([409, expect.stringContaining(row.name)]);
    stage.simulator.control.faults.clear();
    const { id } = asked.body.orders[0];
    expect((await orderEnd(stage, id)).status).toBe('done');
    expect((await disconnect()).status).toBe(204);
    const { rows } = await stage.sql.query('select id from inventory.cloud_order where id = $1', [id]);
    expect(rows).toEqual([]);
  });
});
