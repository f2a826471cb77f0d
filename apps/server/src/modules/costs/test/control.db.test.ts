import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fromUnits, toUnits } from '../lake/money.ts';
import { focusCsv, startCosts, type CostsHarness, type CostsTenant } from './harness.ts';

const day = (back: number): string => new Date(Date.now() - back * 86_400_000).toISOString().slice(0, 10);

/** A steady bill of 90 days that ends today, with a spike some days ago. */
function bill(spike: number): string {
  return focusCsv(
    Array.from({ length: 90 }, (_, i) => [
      {
        day: day(i),
        service: 'EC2',
        cost: i === 4 && spike > 0 ? String(spike) : `${20 + (i % 3)}.10`,
        team: 'web',
        accountName: 'Web shop',
      },
      { day: day(i), service: 'S3', cost: '3.05', team: i % 2 === 0 ? 'data' : undefined },
    ]).flat() as Parameters<typeof focusCsv>[0],
  );
}

describe('budgets, alerts, anomalies and allocation', () => {
  let harness: CostsHarness;
  let acme: CostsTenant;

  beforeAll(async () => {
    harness = await startCosts();
    acme = await harness.tenant('acme');
  });
  afterAll(() => harness.close());

  const budget = (name: string, amount: string, period = 'yearly') => ({
    name,
    period,
    amount,
    currency: 'USD',
    filters: [],
    thresholds: [
      { percent: 80, on: 'actual' },
      { percent: 100, on: 'actual' },
      { percent: 100, on: 'forecast' },
    ],
  });
  /** Evaluation is a job: waits for one that came after now. */
  // oxlint-disable-next-line no-explicit-any -- tests look at answers of every shape
  async function evaluated(tenant: CostsTenant, budgetId: string, after: number): Promise<any> {
    return tenant.until(async () => {
      const { body } = await tenant.call('GET', `/budgets/${budgetId}`);
      return body.state !== null && Date.parse(body.state.evaluatedAt) >= after && body;
    });
  }

  test('a budget fires once per period and threshold, to those who want mails', async () => {
    await acme.importFiles([{ name: 'bill.csv', content: bill(0) }]);
    const created = await acme.call('POST', '/budgets', budget('Everything', '20'));
    expect(created.status, JSON.stringify(created.body)).toBe(201);
    const state = await evaluated(acme, created.body.id, 0);
    expect(state.state).toMatchObject({ problem: null, status: 'exceeded' });
    expect(Number(state.state.forecast)).toBeGreaterThanOrEqual(Number(state.state.actual));
    const alerts = await acme.until(async () => {
      const { body } = await acme.call('GET', '/alerts?kind=budget');
      return body.items.length >= 3 && body.items;
    });
    expect(
      alerts
        .map(
          (alert: { facts: { on: string; threshold: number } }) =>
            `${alert.facts.on} ${alert.facts.threshold}`,
        )
        .toSorted(),
    ).toEqual(['actual 100', 'actual 80', 'forecast 100']);
    expect(alerts.every((alert: { read: boolean }) => !alert.read)).toBe(true);

    // Evaluated again, by an import and by a change: nothing fires twice.
    harness.atlas.clock.advance(60_000);
    const later = harness.atlas.clock.now().getTime();
    await acme.importFiles([{ name: 'bill.csv', content: bill(0) }], { force: true });
    await acme.call('PUT', `/budgets/${created.body.id}`, budget('Everything', '20'));
    await evaluated(acme, created.body.id, later);
    expect((await acme.call('GET', '/alerts?kind=budget')).body.items).toHaveLength(3);
    const mails = (await harness.atlas.mailsTo(acme.email)).filter((mail) =>
      mail.subject.includes('Everything'),
    );
    expect(mails).toHaveLength(3);

    const unread = await acme.call('GET', '/alerts/unread');
    expect(unread.body.unread).toBeGreaterThanOrEqual(3);
    await acme.call('POST', '/alerts/read', { ids: [alerts[0].id] });
    expect((await acme.call('GET', '/alerts/unread')).body.unread).toBe(unread.body.unread - 1);
    expect((await acme.call('POST', '/alerts/read', { all: true })).body.unread).toBe(0);

    const detail = await acme.call('GET', `/budgets/${created.body.id}`);
    expect(detail.body.history).toHaveLength(1);
    expect((await acme.call('POST', '/budgets', budget('Everything', '5'))).status).toBe(409);
  });

  test('a budget in a currency without a rate says so, and works once there is one', async () => {
    const tenant = await harness.tenant('brasil');
    await tenant.importFiles([{ name: 'bill.csv', content: bill(0) }]);
    const { body } = await tenant.call('POST', '/budgets', { ...budget('Reais', '999999'), currency: 'BRL' });
    const missing = await evaluated(tenant, body.id, 0);
    expect(missing.state).toMatchObject({ actual: null, status: 'unknown' });
    expect(missing.state.problem).toContain('no exchange rate from USD to BRL');
    const rates = await tenant.call('PUT', '/rates', {
      items: [{ from: 'USD', to: 'BRL', day: '2020-01-01', rate: '5' }],
    });
    expect(rates.status).toBe(200);
    harness.atlas.clock.advance(1000);
    const later = harness.atlas.clock.now().getTime();
    await tenant.call('PUT', `/budgets/${body.id}`, { ...budget('Reais', '999999'), currency: 'BRL' });
    const converted = await evaluated(tenant, body.id, later);
    const year = new Date().toISOString().slice(0, 4);
    const answer = await tenant.call('POST', '/questions', {
      period: { from: `${year}-01-01`, to: `${Number(year) + 1}-01-01` },
      grain: 'total',
    });
    expect(toUnits(converted.state.actual)).toBe(toUnits(answer.body.totals[0].total) * 5n);
  });

  test('a cost alert rule fires once per window', async () => {
    const tenant = await harness.tenant('rules');
    await tenant.importFiles([{ name: 'bill.csv', content: bill(0) }]);
    const rule = {
      name: 'EC2 a week',
      filters: [{ dimension: 'service', values: ['EC2'] }],
      window: 'week',
      condition: { kind: 'amount', amount: '50', currency: 'USD' },
    };
    const created = await tenant.call('POST', '/alert-rules', rule);
    expect(created.status, JSON.stringify(created.body)).toBe(201);
    const [alert] = await tenant.until(async () => {
      const { body } = await tenant.call('GET', '/alerts?kind=rule');
      return body.items.length > 0 && body.items;
    });
    expect(alert).toMatchObject({ sourceName: 'EC2 a week', facts: { window: 'week', amount: '50' } });
    await tenant.importFiles([{ name: 'bill.csv', content: bill(0) }], { force: true });
    await harness.atlas.application.services.costs.rollUp(tenant);
    expect((await tenant.call('GET', '/alerts?kind=rule')).body.items).toHaveLength(1);
    // Another tenant sees none of it and cannot touch it.
    expect((await acme.call('GET', '/alerts?kind=rule')).body.items).toHaveLength(0);
    expect((await acme.call('DELETE', `/alert-rules/${created.body.id}`)).status).toBe(404);
    expect((await tenant.call('DELETE', `/alert-rules/${created.body.id}`)).status).toBe(204);
  });

  test('a comparison leaves out the days that still grow', async () => {
    const tenant = await harness.tenant('compare');
    await tenant.importFiles([{ name: 'bill.csv', content: bill(0) }]);
    const { body } = await tenant.call('POST', '/questions', {
      period: '30d',
      grain: 'day',
      compare: 'previous',
    });
    const complete = body.totals[0].series.filter(
      ({ bucket }: { bucket: string }) => bucket <= body.completeThrough,
    );
    expect(complete.length).toBeLessThan(body.totals[0].series.length);
    const sum = (days: { amount: string }[]): number =>
      Math.round(days.reduce((n, { amount }) => n + Number(amount) * 100, 0));
    expect(Math.round(Number(body.totals[0].comparable) * 100)).toBe(sum(complete));
    expect(Math.round(Number(body.totals[0].total) * 100)).toBe(sum(body.totals[0].series));
    const length = (Date.parse(body.compare.to) - Date.parse(body.compare.from)) / 86_400_000;
    expect(length).toBe(complete.length);
  });

  test('a spike is an anomaly with its cause, and can be marked as expected', async () => {
    const tenant = await harness.tenant('spike');
    await tenant.importFiles([{ name: 'bill.csv', content: bill(400) }]);
    const [found] = await tenant.until(async () => {
      const { body } = await tenant.call('GET', '/anomalies');
      return body.items.length > 0 && body.items;
    });
    expect(found).toMatchObject({
      service: 'EC2',
      day: day(4),
      kind: 'spike',
      status: 'open',
      actual: '400',
    });
    // The alert names the account as people know it.
    const alerts = await tenant.call('GET', '/alerts');
    expect(alerts.body.items.find((item: { sourceId: string }) => item.sourceId === found.id)).toMatchObject({
      sourceName: 'EC2',
      facts: { account: 'Web shop', accountId: '111122223333', region: 'us-east-1' },
    });
    const detail = await tenant.call('GET', `/anomalies/${found.id}`);
    expect(detail.status, JSON.stringify(detail.body)).toBe(200);
    expect(detail.body.causes[0].top[0]).toMatchObject({ key: 'arn:EC2', actual: '400' });
    expect(detail.body.series.length).toBeGreaterThan(30);
    const marked = await tenant.call('PATCH', `/anomalies/${found.id}`, {
      status: 'expected',
      note: 'load test',
    });
    expect(marked.body).toMatchObject({ status: 'expected', note: 'load test' });
    expect((await tenant.call('GET', '/anomalies?status=open')).body.items).toHaveLength(0);
  });

  test('showback adds up to the whole', async () => {
    const rules = {
      tagKey: 'team',
      assign: [{ match: [{ dimension: 'service', values: ['S3'] }], owner: 'storage' }],
      shared: [],
    };
    expect((await acme.call('PUT', '/allocation/rules', rules)).status).toBe(200);
    const period = { from: day(30), to: day(0) };
    const result = await acme.call('POST', '/allocation', { period });
    expect(result.status, JSON.stringify(result.body)).toBe(200);
    expect(result.body.items.map((item: { owner: string }) => item.owner)).toEqual([
      'data',
      'storage',
      'web',
    ]);
    const whole = await acme.call('POST', '/questions', { period, grain: 'total' });
    expect(
      fromUnits(
        result.body.items.reduce((sum: bigint, item: { total: string }) => sum + toUnits(item.total), 0n),
      ),
    ).toBe(whole.body.totals[0].total);
    const tooMany = {
      ...rules,
      shared: [
        {
          match: [
            { dimension: 'region', values: [null] },
            { dimension: 'account', values: ['x'] },
          ],
          method: 'even',
        },
      ],
    };
    expect((await acme.call('PUT', '/allocation/rules', tooMany)).status).toBe(422);
  });

  test('the plan decides what can be made, not what can be read', async () => {
    const free = await harness.tenant('free', 'free');
    expect((await free.call('GET', '/budgets')).status).toBe(200);
    expect((await free.call('POST', '/budgets', budget('One', '1'))).status).toBe(402);
    expect((await free.call('POST', '/allocation', {})).status).toBe(402);
    const pro = await harness.tenant('pro', 'pro');
    for (let i = 0; i < 5; i += 1)
      expect((await pro.call('POST', '/budgets', budget(`B${i}`, '1'))).status).toBe(201);
    const sixth = await pro.call('POST', '/budgets', budget('B6', '1'));
    expect(sixth.status).toBe(409);
    expect(sixth.body.code).toBe('limit_reached');
  });
});
