import tls from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  allFeatures,
  eventually,
  newMember,
  newTenant,
  startCloudStage,
  type CloudStage,
} from '../../../test/support/cloud.ts';

const patience = 120_000;
const list = '/orgs/aurora/price-lists/m365';

describe('seat prices of an organization', () => {
  let stage: CloudStage;
  let account: string;

  const runsDone = () =>
    eventually(
      () => stage.owner.get(`${stage.base}/sync-runs`),
      ({ body }) =>
        body.items.length > 0 && body.items.every((run: { status: string }) => run.status !== 'running'),
      patience,
    );
  const subscriptions = async () =>
    (
      await stage.owner.get(
        `${stage.base}/resources/table?type=m365.licensing.subscription&sort=-cost&attribute=skuPartNumber&attribute=enabledUnits`,
      )
    ).body;

  beforeAll(async () => {
    stage = await startCloudStage({ scenario: 'demo' });
    tls.setDefaultCACertificates([...tls.getCACertificates('default'), stage.simulator.microsoft.ca]);
    const application = stage.simulator.control.report?.applications?.find(
      ({ label }) => label === 'm365-admin',
    );
    const { tenantId, clientId, clientSecret } = application ?? {};
    const connected = await stage.owner.post(`${stage.base}/accounts`, {
      provider: 'm365',
      endpoint: 'microsoft',
      name: 'Office',
      credentials: { method: 'client_secret', values: { tenantId, clientId, clientSecret } },
      features: allFeatures,
    });
    expect(connected.status).toBe(201);
    account = connected.body.id;
    await runsDone();
    // A fetch that is asked for while another is under way would be that one.
    await eventually(
      () => stage.owner.get(`${stage.base}/costs/sources`),
      ({ body }) => body.items[0]?.status === 'ok',
      patience,
    );
  }, 400_000);
  afterAll(() => stage.close());

  test('the list of the provider holds until the organization enters its own, and again after a reset', async () => {
    const before = (await stage.owner.get(list)).body;
    expect(before).toMatchObject({ provider: 'm365', changedAt: null });
    const e3 = (answer: { items: { sku: string }[] }) => answer.items.find(({ sku }) => sku === 'SPE_E3');
    expect(e3(before)).toMatchObject({ ownPrice: null, listPrice: { amount: '36.00', currency: 'USD' } });

    const put = await stage.owner.call('PUT', list, {
      currency: 'BRL',
      items: [
        { sku: 'SPE_E3', price: '171.5' },
        { sku: 'OWN_PRODUCT', price: '3' },
      ],
    });
    expect(put.status).toBe(200);
    expect(e3(put.body)).toMatchObject({ ownPrice: { amount: '171.5', currency: 'BRL' } });
    expect(put.body.items.at(-1)).toMatchObject({ sku: 'OWN_PRODUCT', listPrice: null });

    // Open connections take the new prices too; resources and the cost store are read again on their own.
    const rows = await eventually(
      subscriptions,
      ({ items }) =>
        items.some(
          (row: { monthlyEstimate: { currency: string } | null }) => row.monthlyEstimate?.currency === 'BRL',
        ),
      patience,
    );
    const [first] = rows.items;
    expect(first.attributes['skuPartNumber']).toBe('SPE_E3');
    expect(Number(first.monthlyEstimate.amount)).toBe(171.5 * first.attributes['enabledUnits']);
    const costs = await stage.atlas.application.services.accounts.withConnection(
      { organizationId: stage.organizationId },
      account,
      (connection) =>
        connection.costs({
          from: '2026-10-01',
          to: '2026-11-01',
          granularity: 'monthly',
          groupBy: [{ by: 'usage_type' }],
        }),
    );
    const row = costs.rows.find(({ keys }) => keys[0] === 'SPE_E3');
    expect(row?.currency).toBe('BRL');
    expect(costs.rows.find(({ keys }) => keys[0] === 'SPE_E5')?.currency).toBe('USD');

    const stored = await eventually(
      () =>
        stage.owner.post(`${stage.base}/costs/questions`, {
          period: 'mtd',
          grain: 'total',
          groupBy: ['service'],
          top: 50,
        }),
      ({ body }) =>
        body.groups?.some((group: { currency: string }) => group.currency === 'BRL') === true &&
        body.groups.some((group: { currency: string }) => group.currency === 'USD'),
      patience,
    );
    const inReais = stored.body.groups.filter((group: { currency: string }) => group.currency === 'BRL');
    expect(inReais.map(({ keys }: { keys: string[] }) => keys[0])).toEqual(['Microsoft 365 E3']);

    expect((await stage.owner.call('DELETE', list)).status).toBe(204);
    const after = (await stage.owner.get(list)).body;
    expect(after.items).toEqual(before.items);
    const { rows: entries } = await stage.sql.query<{ action: string }>(
      `select action from audit.entry where action like 'price_list.%' order by sequence`,
    );
    expect(entries.map(({ action }) => action)).toEqual(['price_list.changed', 'price_list.reset']);
  }, 400_000);

  test('who may not write costs, is elsewhere or has another plan cannot change them', async () => {
    const body = { currency: 'USD', items: [{ sku: 'SPE_E3', price: '1' }] };
    const viewer = await newMember(stage.atlas, stage.organizationId, 'viewer');
    const operator = await newMember(stage.atlas, stage.organizationId, 'operator');
    for (const member of [viewer, operator]) {
      expect((await member.get(list)).status).toBe(200);
      expect((await member.call('PUT', list, body)).status).toBe(403);
      expect((await member.call('DELETE', list)).status).toBe(403);
    }
    const billing = await newMember(stage.atlas, stage.organizationId, 'billing');
    expect((await billing.call('PUT', list, body)).status).toBe(200);
    const free = await newTenant(stage.atlas, 'frugal', 'free');
    expect((await free.owner.call('PUT', list, body)).status).toBe(404);
    expect((await free.owner.call('PUT', '/orgs/frugal/price-lists/m365', body)).status).toBe(402);
    // Another tenant's prices are not seen.
    const theirs = (await free.owner.get('/orgs/frugal/price-lists/m365')).body;
    expect(theirs.items.every((item: { ownPrice: unknown }) => item.ownPrice === null)).toBe(true);
    await stage.owner.call('DELETE', list);
  }, 120_000);

  test.each([
    [{ currency: 'usd', items: [] }, 'body.currency'],
    [{ currency: 'USD', items: [{ sku: 'A', price: '-1' }] }, 'body.items.0.price'],
    [{ currency: 'USD', items: [{ sku: 'A', price: '1.00001' }] }, 'body.items.0.price'],
    [{ currency: 'USD', items: [{ sku: 'no blanks', price: '1' }] }, 'body.items.0.sku'],
    [
      {
        currency: 'USD',
        items: [
          { sku: 'A', price: '1' },
          { sku: 'A', price: '2' },
        ],
      },
      'body.items.1.sku',
    ],
  ])('%j is refused', async (body, path) => {
    const answer = await stage.owner.call('PUT', list, body);
    expect([answer.status, answer.body.errors?.[0]?.path]).toEqual([422, path]);
  });

  test('of several that write at once the last wins whole', async () => {
    const currencies = ['USD', 'EUR', 'BRL', 'GBP'];
    const answers = await Promise.all(
      currencies.map((currency) =>
        stage.owner.call('PUT', list, { currency, items: [{ sku: `ONLY_${currency}`, price: '1' }] }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const { items } = (await stage.owner.get(list)).body;
    expect(items.filter((item: { ownPrice: unknown }) => item.ownPrice !== null)).toHaveLength(1);
    await stage.owner.call('DELETE', list);
  });

  test('a provider that bills by use has no list', async () => {
    expect((await stage.owner.get('/orgs/aurora/price-lists/aws')).status).toBe(404);
    expect((await stage.owner.get('/orgs/aurora/price-lists/nobody')).status).toBe(404);
  });

  test('users are filtered, ordered and paged by what the provider tells of them', async () => {
    const users = async (query: string) =>
      (
        await stage.owner.get(
          `${stage.base}/resources/table?type=m365.users.user&attribute=signInActivity.lastSignInDateTime&attribute=licences&attribute=mfa.registered&${query}`,
        )
      ).body;
    const all = await users('limit=200');
    expect(all.total).toBe(all.items.length);
    type Row = { id: string; attributes: Record<string, unknown> };
    const signIn = (row: Row) => row.attributes['signInActivity.lastSignInDateTime'] as string | null;
    const without = await users(`limit=200&where=${encodeURIComponent('mfa.registered=false')}`);
    expect(without.total).toBe(
      all.items.filter((row: Row) => row.attributes['mfa.registered'] === false).length,
    );
    expect(without.total).toBeGreaterThan(0);
    const copilot = await users(
      `limit=200&where=${encodeURIComponent('licences.skuPartNumber~Microsoft_365_Copilot')}`,
    );
    expect(copilot.total).toBe(
      all.items.filter((row: Row) => JSON.stringify(row.attributes['licences']).includes('Copilot')).length,
    );
    const before = new Date(Date.now() - 90 * 86_400_000).toISOString();
    const idle = await users(
      `limit=200&where=${encodeURIComponent(`signInActivity.lastSignInDateTime<${before}`)}`,
    );
    expect(idle.total).toBe(all.items.filter((row: Row) => (signIn(row) ?? '9') < before).length);
    // Every row once, in order, over pages.
    const seen: Row[] = [];
    let cursor = '';
    do {
      const page = await users(
        `limit=40&sort=-${encodeURIComponent('@signInActivity.lastSignInDateTime')}${cursor}`,
      );
      seen.push(...page.items);
      cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`;
    } while (cursor !== '');
    expect(new Set(seen.map(({ id }) => id)).size).toBe(all.total);
    const order = seen.map((row) => signIn(row) ?? '');
    expect(order).toEqual(order.toSorted().toReversed());
  });

  test.each(['sort=@a;drop', 'where=1', 'attribute=a-b', 'cursor=bm9uZQ', 'where=a'])(
    'the question %s is refused',
    async (query) => {
      const answer = await stage.owner.get(`${stage.base}/resources/table?type=m365.users.user&${query}`);
      expect(answer.status).toBe(422);
    },
  );
});
