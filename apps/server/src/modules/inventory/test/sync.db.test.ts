import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  connectAccount,
  eventually,
  finished,
  newTenant,
  startCloudStage,
  synchronise,
  type CloudStage,
} from '../../../../test/support/cloud.ts';
import { ec2Store } from '../../../../../../packages/simulator/src/aws/services/ec2/store.ts';
import { addVolume } from '../../../../../../packages/simulator/src/aws/services/ec2/volume-model.ts';
import { scopeJob } from '../sync/jobs.ts';
import { DEMO_ACCOUNT } from '../../../../../../packages/simulator/src/scenarios/demo/demo.ts';

interface Row {
  id: string;
  name: string;
  type: string;
  shortId: string;
  region: string;
  state: string;
  vanishedAt: string | null;
  tags: Record<string, string>;
}

describe('synchronising the demo estate', () => {
  let stage: CloudStage;
  let accountId: string;

  beforeAll(async () => {
    stage = await startCloudStage({ scenario: 'demo' });
    accountId = (await connectAccount(stage)).id;
    // Connecting starts the first run by itself.
    const run = await waitForFirst();
    expect(run).toMatchObject({ status: 'succeeded', trigger: 'account' });
  });
  afterAll(() => stage.close());

  async function waitForFirst() {
    const list = await eventually(
      () => stage.owner.get(`${stage.base}/sync-runs`),
      ({ body }) => body.items.length > 0,
    );
    return finished(stage, list.body.items[0].id);
  }

  function store(region = 'us-east-1') {
    const account = stage.simulator.control.world.accounts.get(DEMO_ACCOUNT);
    if (account === undefined) throw new Error('no demo account');
    return account.store(ec2Store, region);
  }

  async function resources(query: string): Promise<Row[]> {
    const { status, body } = await stage.owner.get(`${stage.base}/resources?limit=200&${query}`);
    expect(status, JSON.stringify(body)).toBe(200);
    return body.items;
  }

  async function history(id: string) {
    return (await stage.owner.get(`${stage.base}/resources/${id}/history`)).body.items;
  }

  test('finds what the simulated cloud holds', async () => {
    const counts = stage.simulator.control.report?.counts ?? {};
    const { body } = await stage.owner.get(`${stage.base}/resources/summary`);
    const byType = new Map<string, number>(
      body.byType.map((row: { type: string; count: number }) => [row.type, row.count]),
    );
    expect(byType.get('aws.ec2.instance')).toBe(counts['ec2:instance']);
    expect(byType.get('aws.ec2.volume')).toBe(counts['ec2:volume']);
    expect(byType.get('aws.ec2.snapshot')).toBe(counts['ec2:snapshot']);
    for (const type of [
      'aws.rds.instance',
      'aws.s3.bucket',
      'aws.lambda.function',
      'aws.eks.cluster',
      'aws.ec2.vpc',
      'aws.ec2.subnet',
      'aws.ec2.security-group',
    ]) {
      expect(byType.get(type), type).toBeGreaterThan(0);
    }
    const { rows } = await stage.sql.query(
      "select count(*)::int as n from inventory.change where kind = 'appeared'",
    );
    expect(rows[0].n).toBe(body.total);
  });

  test('a second run writes no row', async () => {
    const fingerprint =
      'select md5(string_agg(t, chr(10) order by t)) as sum from (select r.xmin::text || r::text as t from inventory.resource r union all select d.xmin::text || d::text from inventory.resource_detail d union all select e.xmin::text || e::text from inventory.relation e union all select c.xmin::text || c::text from inventory.change c) all_rows';
    const before = await stage.sql.query(fingerprint);
    const run = await synchronise(stage, accountId);
    const { rows: changes } = await stage.sql.query(
      "select r.type, c.kind, c.fields from inventory.change c join inventory.resource r on r.id = c.resource_id where c.kind <> 'appeared'",
    );
    expect(changes).toEqual([]);
    expect(run).toMatchObject({
      status: 'succeeded',
      appeared: 0,
      changed: 0,
      vanished: 0,
      trigger: 'manual',
    });
    expect(run.resources).toBeGreaterThan(100);
    // xmin is the transaction that wrote a row version: not even an update to equal values is hidden from it.
    expect((await stage.sql.query(fingerprint)).rows).toEqual(before.rows);
  });

  test('what a run could not see for a denial is kept and shown, and everything else is in', async () => {
    const before = (await resources('type=aws.rds.instance')).length;
    expect(before).toBeGreaterThan(0);
    const fault = stage.simulator.control.addFault({
      effect: { kind: 'deny' },
      target: { actions: ['rds:*'] },
    });
    const run = await synchronise(stage, accountId);
    stage.simulator.control.faults.remove(fault);
    expect(run).toMatchObject({ status: 'partial', vanished: 0 });
    const scopes = run.scopes.filter((scope: { problems: unknown[] }) => scope.problems.length > 0);
    expect(new Set(scopes.map((scope: { service: string }) => scope.service))).toEqual(new Set(['rds']));
    expect(scopes[0].problems[0].problem).toMatchObject({
      kind: 'denied',
      action: expect.stringMatching(/^rds:/),
    });
    expect(
      run.scopes
        .filter((scope: { service: string; status: string }) => scope.service !== 'rds')
        .every((scope: { status: string }) => scope.status === 'done'),
    ).toBe(true);
    expect((await resources('type=aws.rds.instance')).length).toBe(before);
    const { body } = await stage.owner.get(`${stage.base}/accounts/${accountId}`);
    expect(body.account.health.status).not.toBe('failing');
  });

  test('one that vanished is marked and kept, and comes back as returned', async () => {
    const made = addVolume(store(), {
      size: 10,
      type: 'gp3',
      zone: 'us-east-1a',
      tags: [{ Key: 'Name', Value: 'coming-and-going' }],
    });
    expect((await synchronise(stage, accountId)).appeared).toBe(1);
    store().volumes.delete(made.id);
    expect((await synchronise(stage, accountId)).vanished).toBe(1);
    expect(await resources('q=coming-and-going')).toEqual([]);
    const [gone] = await resources('q=coming-and-going&vanished=true');
    expect(gone?.vanishedAt).not.toBeNull();
    store().volumes.add(made.id, made.data, made.createdAt);
    expect((await synchronise(stage, accountId)).appeared).toBe(1);
    const [back] = await resources('q=coming-and-going');
    expect([back?.id, back?.vanishedAt]).toEqual([gone?.id, null]);
    expect((await history(gone?.id ?? '')).map((entry: { kind: string }) => entry.kind)).toEqual([
      'returned',
      'vanished',
      'appeared',
    ]);
  });

  test('history tells which facts changed, from what to what', async () => {
    const [volume] = store().volumes.list();
    const name = volume?.data.volume.Tags?.find((tag) => tag.Key === 'Name')?.Value;
    const record = volume?.data.volume;
    if (record === undefined) throw new Error('no volume');
    const tags = record.Tags ?? [];
    record.Tags = [...tags.filter((tag) => tag.Key !== 'env'), { Key: 'reviewed-by', Value: 'finance' }];
    const size = record.Size ?? 0;
    record.Size = size + 50;
    const run = await synchronise(stage, accountId);
    expect(run).toMatchObject({ changed: 1, appeared: 0 });
    const [row] = await resources(`q=${record.VolumeId}&type=aws.ec2.volume`);
    const [entry] = await history(row?.id ?? '');
    expect(entry.kind).toBe('changed');
    const fields = new Map(
      entry.fields.map((field: { path: string; from: unknown; to: unknown }) => [
        field.path,
        [field.from, field.to],
      ]),
    );
    expect(fields.get('tags.reviewed-by')).toEqual([null, 'finance']);
    expect(fields.get('size.storageGiB')).toEqual([size, size + 50]);
    expect(row?.name).toBe(name ?? row?.name);
    record.Tags = tags;
  });

  test('relations lead both ways', async () => {
    const attached = store()
      .volumes.list()
      .find((volume) => (volume.data.volume.Attachments ?? []).length > 0)?.data.volume;
    const [volume] = await resources(`q=${attached?.VolumeId}&type=aws.ec2.volume`);
    const detail = (await stage.owner.get(`${stage.base}/resources/${volume?.id}`)).body;
    const to = detail.relations.find(
      (relation: { kind: string; direction: string }) =>
        relation.kind === 'attached_to' && relation.direction === 'to',
    );
    expect(to.resource.type).toBe('aws.ec2.instance');
    const instance = (await stage.owner.get(`${stage.base}/resources/${to.resource.id}`)).body;
    expect(instance.relations).toContainEqual(
      expect.objectContaining({
        kind: 'attached_to',
        direction: 'from',
        resource: expect.objectContaining({ id: volume?.id }),
      }),
    );
    expect(instance.relations).toContainEqual(
      expect.objectContaining({
        kind: 'in_subnet',
        direction: 'to',
        resource: expect.objectContaining({ type: 'aws.ec2.subnet' }),
      }),
    );
  });

  test('two runs asked for at once are one', async () => {
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => stage.owner.post(`${stage.base}/sync-runs`, {})),
    );
    const ids = new Set(answers.map((answer) => answer.body.items[0].id));
    expect([answers.map((answer) => answer.status), ids.size]).toEqual([[202, 202, 202, 202, 202], 1]);
    expect((await finished(stage, [...ids][0] ?? '')).status).toBe('succeeded');
  });

  test('runs are listed by account', async () => {
    const runs = async (query: string) =>
      (await stage.owner.get(`${stage.base}/sync-runs?${query}`)).body.items;
    const all: { accountId: string }[] = await runs('limit=200');
    expect(all.length).toBeGreaterThan(0);
    expect(await runs(`limit=200&account=${accountId}`)).toEqual(
      all.filter((run) => run.accountId === accountId),
    );
    expect(await runs('account=01900000-0000-7000-8000-0000000000ff')).toEqual([]);
    expect(await runs('account=none')).toEqual([]);
    expect(await runs(`account=none&account=${accountId}&limit=1`)).toHaveLength(1);
  });

  test('of each table only the primary key begins with the organization', async () => {
    // Migration 0002 says what happens otherwise: without statistics any such index may serve a foreign key check.
    const { rows } = await stage.sql.query<{ name: string }>(
      `select indexrelid::regclass::text as name from pg_index
       join pg_class on pg_class.oid = indrelid
       join pg_attribute on attrelid = indrelid and attnum = indkey[0]
       where relnamespace = 'inventory'::regnamespace and attname = 'organization_id' and not indisprimary`,
    );
    expect(rows).toEqual([]);
  });

  test('an account that is switched off cannot be synchronised, and no other one is started with it', async () => {
    const other = await newTenant(stage.atlas, 'other-tenant');
    const mine = await connectAccount(stage, { ...other, browser: other.owner });
    await other.owner.call('PATCH', `${other.base}/accounts/${mine.id}`, { enabled: false });
    expect((await other.owner.post(`${other.base}/sync-runs`, { accountIds: [mine.id] })).status).toBe(409);
    expect((await other.owner.post(`${other.base}/sync-runs`, {})).status).toBe(409);
  });

  test('a run that lost its jobs is given up after three hours, and the next one starts', async () => {
    const id = '01900000-0000-7000-8000-0000000000aa';
    await stage.sql.query(
      `insert into inventory.sync_run (organization_id, id, workspace_id, account_id, trigger, status, started_at)
       select organization_id, $2, workspace_id, id, 'manual', 'running', now() - interval '4 hours' from accounts.cloud_account where id = $1`,
      [accountId, id],
    );
    await stage.sql.query(
      `insert into inventory.sync_scope (organization_id, run_id, service, region, status) select organization_id, id, 'ec2', 'us-east-1', 'running' from inventory.sync_run where id = $1`,
      [id],
    );
    const held = await stage.owner.post(`${stage.base}/sync-runs`, { accountIds: [accountId] });
    expect(held.body.items[0].id).toBe(id);
    const job = stage.atlas.application.parts
      .flatMap((part) => part.jobs ?? [])
      .find(({ name }) => name === 'inventory.close_abandoned_runs');
    await job?.handler({}, { log: stage.atlas.application.platform.log } as never);
    const closed = await stage.owner.get(`${stage.base}/sync-runs/${id}`);
    expect(closed.body).toMatchObject({
      status: 'failed',
      problem: { kind: 'unknown' },
      scopes: [{ status: 'failed' }],
    });
    expect((await synchronise(stage, accountId)).status).toBe('succeeded');
  });

  test('a process that died between the last scope and the end of its run: the job of the scope closes it', async () => {
    const id = '01900000-0000-7000-8000-0000000000bb';
    await stage.sql.query(
      `insert into inventory.sync_run (organization_id, id, workspace_id, account_id, trigger, status, started_at)
       select organization_id, $2, workspace_id, id, 'manual', 'running', now() from accounts.cloud_account where id = $1`,
      [accountId, id],
    );
    await stage.sql.query(
      `insert into inventory.sync_scope (organization_id, run_id, service, region, status) select organization_id, id, 'ec2', 'us-east-1', 'done' from inventory.sync_run where id = $1`,
      [id],
    );
    const { platform } = stage.atlas.application;
    const { organizationId } = stage;
    const again = { organizationId, accountId, runId: id, service: 'ec2', region: 'us-east-1' };
    await platform.db.inTenant({ organizationId }, (tx) => platform.jobs.enqueue(tx, scopeJob, again));
    expect(await finished(stage, id)).toMatchObject({ status: 'succeeded', scopesTotal: 1, scopesDone: 1 });
  });

  test('disconnecting forgets all that was found', async () => {
    const account = (await stage.owner.get(`${stage.base}/accounts/${accountId}`)).body.account;
    expect(
      (await stage.owner.call('DELETE', `${stage.base}/accounts/${accountId}`, { confirm: account.name }))
        .status,
    ).toBe(204);
    for (const table of [
      'resource',
      'resource_detail',
      'relation',
      'change',
      'sync_run',
      'sync_scope',
      'cloud_order',
    ]) {
      const { rows } = await stage.sql.query(
        `select count(*)::int as n from inventory.${table} where organization_id = $1`,
        [stage.organizationId],
      );
      expect(rows[0].n, table).toBe(0);
    }
  });
});
