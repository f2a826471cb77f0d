import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { synchronise } from '../../../../test/support/cloud.ts';
import { ec2Store } from '../../../../../../packages/simulator/src/aws/services/ec2/store.ts';
import { DEMO_ACCOUNT } from '../../../../../../packages/simulator/src/scenarios/demo/demo.ts';
import { patience, startSavingsStage, type SavingsStage } from './stage.ts';

interface Row {
  id: string;
  ruleId: string;
  status: string;
  region: string;
  counted: boolean;
  resource: { id: string; name: string; nativeId: string };
  monthlySavingConverted: { amount: string } | null;
}

/** The rule whose findings these tests move; it needs no metrics. */
const rule = 'aws-ebs-unattached';

describe('findings over scans', () => {
  let stage: SavingsStage;
  let accountId: string;

  beforeAll(async () => {
    stage = await startSavingsStage({ scenario: 'demo' });
    accountId = await stage.connect();
    await stage.importCosts(accountId);
    const scan = await stage.scan();
    expect(scan, JSON.stringify(scan)).toMatchObject({ status: 'succeeded', phase: 'done', message: null });
  }, patience);
  afterAll(() => stage.close(), patience);
  afterEach(() => stage.simulator.control.faults.clear());

  async function list(query: string): Promise<Row[]> {
    const rows: Row[] = [];
    for (let cursor = ''; ;) {
      const { status, body } = await stage.finops('GET', `/recommendations?limit=200&${query}${cursor}`);
      expect(status, JSON.stringify(body)).toBe(200);
      rows.push(...body.items);
      if (body.nextCursor === null) return rows;
      cursor = `&cursor=${body.nextCursor}`;
    }
  }
  const open = () => list(`rule=${rule}`);
  const detail = async (id: string) => (await stage.finops('GET', `/recommendations/${id}`)).body;
  const events = async (name: string) =>
    (await stage.sql.query('select payload from platform.event where name = $1 order by ordinal', [name]))
      .rows;

  async function diagnostics(region: string) {
    const { body } = await stage.finops('GET', `/diagnostics?rule=${rule}&region=${region}`);
    return body.items[0];
  }

  test(
    'a second scan of the same estate changes nothing but the day it was seen',
    { timeout: patience },
    async () => {
      const before = await list('');
      const asked = () =>
        stage.simulator.control.requests.list().filter(({ operation }) => operation === 'GetMetricData')
          .length;
      const metrics = asked();
      const scan = await stage.scan();
      expect(scan).toMatchObject({ status: 'succeeded', opened: 0, expired: 0, found: before.length });
      const after = await list('');
      const lasting = (rows: Row[]) =>
        rows.map(({ id, ruleId, counted, resource }) => [id, ruleId, counted, resource.id]);
      expect(lasting(after)).toEqual(lasting(before));
      // What was read today is not read again.
      expect(asked()).toBe(metrics);
    },
  );

  test(
    'a finding that says the same is not written again, but for when it was seen; one that differs is',
    { timeout: patience },
    async () => {
      const stored = async () =>
        new Map(
          (
            await stage.sql.query(
              `select id, name, xmin::text as version, encode(content_hash, 'hex') as hash,
                 last_seen_at < now() - interval '7 hours' as old
               from finops.recommendation where status = 'open'`,
            )
          ).rows.map((row) => [row.id, row]),
        );
      const [differs, unseen] = await open();
      await stage.sql.query(
        `update finops.recommendation set name = 'as it was', content_hash = '\\x00' where id = $1`,
        [differs?.id],
      );
      await stage.sql.query(
        `update finops.recommendation set last_seen_at = now() - interval '8 hours' where id = $1`,
        [unseen?.id],
      );
      const before = await stored();
      const scan = await stage.scan();
      expect(scan).toMatchObject({ status: 'succeeded', opened: 0, expired: 0, found: before.size });
      const after = await stored();
      expect(new Set(after.keys())).toEqual(new Set(before.keys()));
      const rewritten = [...after.values()].filter(
        ({ id, version, hash }) =>
          version !== before.get(id)?.version && hash === before.get(id)?.hash && id !== unseen?.id,
      );
      expect(rewritten).toEqual([]);
      expect(after.get(differs?.id)).toMatchObject({ name: differs?.resource.name });
      expect(before.get(unseen?.id)?.old).toBe(true);
      expect(after.get(unseen?.id)?.old).toBe(false);
    },
  );

  test('a dismissed one stays dismissed until its day has come', { timeout: patience }, async () => {
    const [first, second] = await open();
    const until = new Date(Date.now() + 2 * 86_400_000).toISOString();
    for (const [row, body] of [
      [first, { reason: 'planned', note: 'next week', until }],
      [second, { reason: 'needed' }],
    ] as const) {
      const { status, body: answer } = await stage.finops(
        'POST',
        `/recommendations/${row?.id}/dismiss`,
        body,
      );
      expect(status, JSON.stringify(answer)).toBe(200);
      expect(answer).toMatchObject({
        status: 'dismissed',
        counted: false,
        dismissal: { reason: body.reason },
      });
    }
    const past = new Date(Date.now() - 1000).toISOString();
    const refused = await stage.finops('POST', `/recommendations/${first?.id}/dismiss`, {
      reason: 'other',
      until: past,
    });
    expect(refused.status).toBe(422);
    await stage.scan();
    expect((await detail(first?.id ?? '')).status).toBe('dismissed');
    stage.advance(3 * 86_400_000);
    await stage.scan();
    expect(await detail(first?.id ?? '')).toMatchObject({ status: 'open', dismissal: null });
    expect((await detail(second?.id ?? '')).status).toBe('dismissed');
    // Much more than was dismissed is another matter.
    await stage.sql.query(
      `update finops.recommendation set dismissal = jsonb_set(dismissal, '{monthly}', to_jsonb((monthly_converted / 2)::text)) where id = $1`,
      [second?.id],
    );
    await stage.scan();
    expect((await detail(second?.id ?? '')).status).toBe('open');
    stage.advance(-3 * 86_400_000);
  });

  test(
    'a person takes a dismissal back, and gives the finding to a member',
    { timeout: patience },
    async () => {
      const [row] = await open();
      await stage.finops('POST', `/recommendations/${row?.id}/dismiss`, { reason: 'wrong' });
      const reopened = await stage.finops('POST', `/recommendations/${row?.id}/reopen`);
      expect(reopened.body).toMatchObject({ status: 'open', counted: true, dismissal: null });
      expect((await stage.finops('POST', `/recommendations/${row?.id}/reopen`)).status).toBe(409);
      const me = (await stage.owner.get('/me')).body;
      const assigned = await stage.finops('POST', `/recommendations/${row?.id}/assign`, { userId: me.id });
      expect(assigned.body.assignee).toMatchObject({ id: me.id });
      expect((await list('assignee=me')).map(({ id }) => id)).toEqual([row?.id]);
      expect((await list('assignee=none')).some(({ id }) => id === row?.id)).toBe(false);
      const stranger = '01900000-0000-7000-8000-000000000000';
      expect(
        (await stage.finops('POST', `/recommendations/${row?.id}/assign`, { userId: stranger })).status,
      ).toBe(422);
      const { rows } = await stage.sql.query(
        `select distinct action from audit.entry where action like 'recommendation.%' order by 1`,
      );
      expect(rows.map(({ action }) => action)).toEqual([
        'recommendation.assigned',
        'recommendation.dismissed',
        'recommendation.reopened',
      ]);
    },
  );

  test(
    'what could not be listed is kept, and both it and the diagnostics say why',
    { timeout: patience },
    async () => {
      const before = await open();
      stage.simulator.control.addFault({
        effect: { kind: 'deny' },
        target: { actions: ['ec2:DescribeVolumes'] },
      });
      await synchronise(stage, accountId, patience);
      await stage.scan();
      const kept = await open();
      expect(kept.map(({ id }) => id).toSorted()).toEqual(before.map(({ id }) => id).toSorted());
      expect((await detail(kept[0]?.id ?? '')).keptBecause).toMatchObject({
        reason: 'missing_permission',
        detail: 'ec2:DescribeVolumes',
      });
      const { skipped, examined, found } = await diagnostics('us-east-1');
      expect(found).toBe(0);
      expect(skipped[0]).toEqual({
        reason: 'missing_permission',
        count: examined,
        detail: 'ec2:DescribeVolumes',
      });
      stage.simulator.control.faults.clear();
      await synchronise(stage, accountId, patience);
      await stage.scan();
      expect((await detail(kept[0]?.id ?? '')).keptBecause).toBeNull();
    },
  );

  test(
    'one whose resource is gone expires, and opens again when it is back',
    { timeout: patience },
    async () => {
      const row = (await open()).find(({ region }) => region === 'us-east-1');
      const volumes = stage.simulator.control.world.accounts
        .get(DEMO_ACCOUNT)
        ?.store(ec2Store, 'us-east-1').volumes;
      const id = row?.resource.nativeId.split('/').at(-1) ?? '';
      const volume = volumes?.get(id);
      if (row === undefined || volume === undefined) throw new Error('the volume is not in the simulator');
      volumes?.delete(id);
      await synchronise(stage, accountId, patience);
      // The recurring scan may have been there first: what counts is what became of it.
      await stage.scan();
      expect((await detail(row.id)).status).toBe('expired');
      expect((await list('')).some((each) => each.id === row.id)).toBe(false);
      expect(JSON.stringify(await events('finops.findings_expired'))).toContain(row.id);
      volumes?.add(id, volume.data);
      await synchronise(stage, accountId, patience);
      await stage.scan();
      expect((await detail(row.id)).status).toBe('open');
      expect(JSON.stringify(await events('finops.findings_reopened'))).toContain(row.id);
    },
  );

  test(
    'an applied one stays so while nothing changed, and opens when the waste is back',
    { timeout: patience },
    async () => {
      const [row] = await open();
      const apply = (at: string) =>
        stage.sql.query(
          `update finops.recommendation set status = 'applied', applied_at = $2 where id = $1`,
          [row?.id, at],
        );
      await apply(new Date(Date.now() + 60_000).toISOString());
      await stage.scan();
      expect((await detail(row?.id ?? '')).status).toBe('applied');
      // The resource changed after it.
      await apply('2020-01-01T00:00:00Z');
      await stage.scan();
      expect((await detail(row?.id ?? '')).status).toBe('open');
    },
  );

  test(
    'settings leave out what is tagged, small, elsewhere or of a rule that is off',
    { timeout: patience },
    async () => {
      const standard = (await stage.finops('GET', '/settings')).body;
      const put = async (changes: object) => {
        const { status, body } = await stage.finops('PUT', '/settings', { ...standard, ...changes });
        expect(status, JSON.stringify(body)).toBe(200);
        await stage.scan();
      };
      const before = await open();
      await put({ regions: ['eu-west-1'] });
      expect((await open()).every(({ region }) => region === 'eu-west-1')).toBe(true);
      expect((await diagnostics('us-east-1')).skipped[0]).toMatchObject({ reason: 'region_off' });
      await put({ minimumMonthly: '100' });
      const large = await list('');
      expect(large.every((row) => Number(row.monthlySavingConverted?.amount ?? 100) >= 100)).toBe(true);
      await put({ excludeTags: ['Name=~/(?i)SCRATCH/'] });
      expect((await open()).some(({ resource }) => /scratch/i.test(resource.name))).toBe(false);
      expect((await diagnostics('eu-west-1')).skipped[0]).toMatchObject({ reason: 'excluded', count: 1 });
      const bad = await stage.finops('PUT', '/settings', { ...standard, excludeTags: ['a=~/(/'] });
      expect(bad.status).toBe(422);
      expect(bad.body.errors[0].path).toBe('body.excludeTags.0');
      await stage.finops('PUT', '/settings', standard);
      const off = await stage.finops('PATCH', `/rules/${rule}`, { enabled: false });
      expect(off.body).toMatchObject({ id: rule, enabled: false });
      await stage.scan();
      expect(await open()).toEqual([]);
      expect((await diagnostics('*')).skipped[0]).toMatchObject({ reason: 'disabled' });
      await stage.finops('PATCH', `/rules/${rule}`, { enabled: true });
      await stage.scan();
      expect((await open()).map(({ id }) => id).toSorted()).toEqual(before.map(({ id }) => id).toSorted());
    },
  );

  test('parameters have bounds, and count', { timeout: patience }, async () => {
    const { body } = await stage.finops('GET', '/rules');
    const { parameters } = body.items.find(({ id }: { id: string }) => id === rule);
    const [{ id, maximum }] = parameters;
    const set = (value: number | null) =>
      stage.finops('PATCH', `/rules/${rule}`, { values: { [id]: value } });
    expect((await set(maximum + 1)).status).toBe(422);
    expect((await stage.finops('PATCH', `/rules/${rule}`, { values: { nonsense: 1 } })).status).toBe(422);
    expect((await stage.finops('PATCH', '/rules/nonsense', { enabled: false })).status).toBe(404);
    const all = await open();
    expect((await set(maximum)).body.values[id]).toBe(maximum);
    await stage.scan();
    expect((await open()).length).toBeLessThan(all.length);
    await set(null);
    await stage.scan();
    expect((await open()).length).toBe(all.length);
  });

  test('sums count no resource twice', async () => {
    const { body } = await stage.finops('GET', '/recommendations/summary');
    const { rows } = await stage.sql.query(`
      select resource_id, sum(counted_monthly)::float8 as counted, max(cost_converted)::float8 as cost,
        max(monthly_converted) filter (where claims = 'all')::float8 as largest, sum(monthly_converted)::float8 as claimed
      from finops.recommendation where status = 'open' group by resource_id`);
    const total = rows.reduce((sum, row) => sum + row.counted, 0);
    expect(Number(body.potentialMonthly)).toBeCloseTo(total, 2);
    expect(rows.some((row) => row.claimed > row.counted + 0.01)).toBe(true);
    for (const row of rows) {
      if (row.cost !== null) expect(row.counted).toBeLessThanOrEqual(row.cost + 0.01);
      if (row.largest !== null)
        expect(row.counted).toBeGreaterThanOrEqual(Math.min(row.largest, row.cost ?? row.largest) - 0.01);
    }
    expect(
      body.byPriority.reduce((sum: number, group: { monthly: string }) => sum + Number(group.monthly), 0),
    ).toBeCloseTo(total, 2);
    expect(body).toMatchObject({ currency: 'USD', lastScanAt: expect.any(String) });
    expect(Number(body.projection.monthEnd)).toBeGreaterThan(0);
  });

  test('lists sort, page, filter and search', async () => {
    const all = await list('sort=-saving');
    const amounts = all.map((row) => Number(row.monthlySavingConverted?.amount ?? -1));
    expect(amounts).toEqual(amounts.toSorted((a, b) => b - a));
    for (const sort of ['-saving', 'saving', '-seen', 'name', 'priority']) {
      const paged: string[] = [];
      let cursor = '';
      do {
        const { status, body } = await stage.finops('GET', `/recommendations?limit=29&sort=${sort}${cursor}`);
        expect(status, JSON.stringify(body)).toBe(200);
        expect(body.total).toBe(all.length);
        paged.push(...body.items.map((row: Row) => row.id));
        cursor = body.nextCursor === null ? '' : `&cursor=${body.nextCursor}`;
      } while (cursor !== '');
      expect(new Set(paged).size, sort).toBe(all.length);
      expect(paged.length, sort).toBe(all.length);
    }
    const found = await list('q=analytics%20scratch');
    expect(found.map(({ resource }) => resource.name)).toContain('analytics-scratch');
    expect((await list('q=%25')).length).toBe(0);
    expect(
      (await list(`priority=high&category=orphan&rule=${rule}&rule=nonsense`)).every(
        (row) => row.ruleId === rule,
      ),
    ).toBe(true);
    expect(await list('account=nonsense')).toEqual([]);
    expect(
      (await list(`resource=${all[0]?.resource.id}`)).every((row) => row.resource.id === all[0]?.resource.id),
    ).toBe(true);
    const forged = Buffer.from(JSON.stringify(["1'", all[0]?.id])).toString('base64url');
    expect((await stage.finops('GET', `/recommendations?cursor=${forged}`)).status).toBe(422);
    for (const [sort, key] of [
      // What JavaScript takes for an instant and PostgreSQL does not.
      ['-seen', '2026-01-01 (about then)'],
      ['name', 'a\0b'],
      ['name', '\ud800'],
    ] as const) {
      const cursor = Buffer.from(JSON.stringify([key, all[0]?.id])).toString('base64url');
      const answer = await stage.finops('GET', `/recommendations?sort=${sort}&cursor=${cursor}`);
      expect(answer.status, JSON.stringify(key)).toBe(422);
    }
  });

  test('a finding is shown with its evidence and what else is found on the resource', async () => {
    for (const row of await list('')) {
      const found = await stage.finops('GET', `/recommendations/${row.id}`);
      expect(found.status, `${row.ruleId}: ${JSON.stringify(found.body)}`).toBe(200);
      expect(found.body.why.en).not.toBe('');
      expect(found.body.why['pt-BR']).not.toBe('');
      expect(found.body.blockedBy === null || typeof found.body.blockedBy === 'string').toBe(true);
    }
  });

  test('exports are safe tables and documents', async () => {
    const [row] = await open();
    await stage.sql.query(`update finops.recommendation set name = '=1+1|cmd' where id = $1`, [row?.id]);
    const get = (path: string) =>
      stage.atlas.app.inject({
        method: 'GET',
        url: `/api/v1${stage.base}/finops${path}`,
        headers: { cookie: [...stage.owner.cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      });
    const csv = await get('/recommendations/export.csv');
    expect(csv.statusCode).toBe(200);
    const lines = csv.body.trim().split('\r\n');
    expect(lines.length).toBe((await list('')).length + 1);
    expect(csv.body).toContain(",'=1+1|cmd,");
    for (const locale of ['en', 'pt-BR']) {
      const pdf = await get(`/recommendations/export.pdf?locale=${locale}&rule=${rule}`);
      expect(pdf.statusCode).toBe(200);
      expect(pdf.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
      expect(pdf.rawPayload.length).toBeGreaterThan(10_000);
    }
  });

  test('the free plan sees the three largest and the total, everywhere', async () => {
    const { tenancy } = stage.atlas.application.services;
    const all = await list('sort=-saving');
    const sums = (await stage.finops('GET', '/recommendations/summary')).body;
    await tenancy.setPlan('aurora', 'free', 'test');
    try {
      const { body } = await stage.finops('GET', '/recommendations?limit=200');
      expect(body.items.map(({ id }: Row) => id)).toEqual(all.slice(0, 3).map(({ id }) => id));
      expect(body).toMatchObject({ total: all.length, hidden: all.length - 3, nextCursor: null });
      expect((await stage.finops('GET', '/recommendations/summary')).body.potentialMonthly).toBe(
        sums.potentialMonthly,
      );
      const hidden = all[3]?.id;
      for (const [method, path, body_] of [
        ['GET', '', undefined],
        ['POST', '/dismiss', { reason: 'needed' }],
        ['POST', '/reopen', undefined],
        ['POST', '/assign', { userId: null }],
      ] as const) {
        const refused = await stage.finops(method, `/recommendations/${hidden}${path}`, body_);
        expect([refused.status, refused.body.code], path).toEqual([402, 'plan_required']);
      }
      // A search is no way around it, and neither is dismissing what is in the way.
      const name = encodeURIComponent(all[3]?.resource.name ?? '');
      expect(
        (await stage.finops('GET', `/recommendations?q=${name}&status=open`)).body.total,
      ).toBeLessThanOrEqual(3);
      await stage.finops('POST', `/recommendations/${all[0]?.id}/dismiss`, { reason: 'needed' });
      const left = (await stage.finops('GET', '/recommendations')).body;
      expect(left.items.map(({ id }: Row) => id)).toEqual(all.slice(1, 3).map(({ id }) => id));
      await stage.finops('POST', `/recommendations/${all[0]?.id}/reopen`);
      const csv = await stage.atlas.app.inject({
        method: 'GET',
        url: `/api/v1${stage.base}/finops/recommendations/export.csv`,
        headers: { cookie: [...stage.owner.cookies].map(([key, value]) => `${key}=${value}`).join('; ') },
      });
      expect(csv.body.trim().split('\r\n')).toHaveLength(4);
    } finally {
      await tenancy.setPlan('aurora', 'enterprise', 'test');
    }
  });
});
