import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { focusCsv, startCosts, type CostsHarness, type CostsTenant } from './harness.ts';

const dayMs = 86_400_000;
type Rows = Parameters<typeof focusCsv>[0];
interface Alert {
  sourceName: string;
  periodStart: string;
  facts: { on: string; threshold: number; actual: string };
}

describe('what fires once, over edits, late costs and time', () => {
  let harness: CostsHarness;
  beforeAll(async () => {
    harness = await startCosts();
  });
  afterAll(() => harness.close());

  const now = (): Date => harness.atlas.clock.now();
  const day = (back: number): string => new Date(now().getTime() - back * dayMs).toISOString().slice(0, 10);
  const bill = (days: number, row: Partial<Rows[number]> = {}): string =>
    focusCsv(Array.from({ length: days }, (_, i) => ({ day: day(i), service: 'EC2', cost: '10', ...row })));
  /** Noon of a day of the next month, so that no test straddles the turn of one. */
  async function toNextMonth(tenant: CostsTenant | undefined, dayOfMonth: number): Promise<void> {
    const at = Date.UTC(now().getUTCFullYear(), now().getUTCMonth() + 1, dayOfMonth, 12);
    harness.atlas.clock.advance(at - now().getTime());
    if (tenant !== undefined) await signIn(tenant);
  }
  /** A session does not last for weeks. */
  async function signIn(tenant: CostsTenant): Promise<void> {
    const slug = /@(.+)\.example$/.exec(tenant.email)?.[1] ?? '';
    const password = `a long password of ${slug} 7291`;
    const answer = await tenant.browser.post('/auth/sign-in', { email: tenant.email, password });
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  }
  async function alertsOf(tenant: CostsTenant, name: string): Promise<Alert[]> {
    const { body } = await tenant.call('GET', '/alerts?limit=100');
    return body.items.filter((alert: Alert) => alert.sourceName === name);
  }
  async function evaluated(tenant: CostsTenant, budgetId: string, after: number): Promise<void> {
    await tenant.until(async () => {
      const { body } = await tenant.call('GET', `/budgets/${budgetId}`);
      return body.state !== null && Date.parse(body.state.evaluatedAt) >= after;
    });
  }
  const budget = (name: string, amount: string, percents: number[]) => ({
    name,
    period: 'monthly',
    amount,
    currency: 'USD',
    filters: [],
    thresholds: percents.map((percent) => ({ percent, on: 'actual' })),
  });

  test('a budget that was raised fires again only when the new amount is reached', async () => {
    await toNextMonth(undefined, 20);
    const tenant = await harness.tenant('raised');
    await tenant.importFiles([{ name: 'a.csv', content: bill(60) }]);
    const { body } = await tenant.call('POST', '/budgets', budget('Team', '50', [100]));
    await tenant.until(async () => (await alertsOf(tenant, 'Team')).length === 1);

    for (const amount of ['100000', '60', '100000']) {
      harness.atlas.clock.advance(60_000);
      const later = now().getTime();
      expect((await tenant.call('PUT', `/budgets/${body.id}`, budget('Team', amount, [100]))).status).toBe(
        200,
      );
      await evaluated(tenant, body.id, later);
      // At 60 it was told before that more had come.
      expect(await alertsOf(tenant, 'Team')).toHaveLength(1);
    }
    await tenant.importFiles([
      { name: 'b.csv', content: bill(5, { account: '999', cost: '40000', service: 'Big' }) },
    ]);
    const alerts = await tenant.until(async () => {
      const found = await alertsOf(tenant, 'Team');
      return found.length >= 2 && found;
    });
    expect(Number(alerts[0]?.facts.actual)).toBeGreaterThan(100_000);
    harness.atlas.clock.advance(60_000);
    const later = now().getTime();
    await tenant.call('PUT', `/budgets/${body.id}`, budget('Team', '100000', [100]));
    await evaluated(tenant, body.id, later);
    expect(await alertsOf(tenant, 'Team')).toHaveLength(2);
  }, 300_000);

  test('costs that come after the end of a month still count against its budget', async () => {
    await toNextMonth(undefined, 20);
    const tenant = await harness.tenant('late');
    const month = now().toISOString().slice(0, 7);
    await tenant.importFiles([{ name: 'a.csv', content: bill(60) }]);
    const { body } = await tenant.call('POST', '/budgets', budget('Month', '5000', [80, 100]));
    await evaluated(tenant, body.id, 0);
    expect(await alertsOf(tenant, 'Month')).toHaveLength(0);

    await toNextMonth(tenant, 3);
    const lastDay = day(3);
    expect(lastDay.slice(0, 7)).toBe(month);
    await tenant.importFiles([
      {
        name: 'late.csv',
        content: focusCsv([{ day: lastDay, service: 'Support', cost: '6000', account: '999' }]),
      },
    ]);
    // Of a budget that came after the end of a month, that month says nothing.
    await tenant.call('POST', '/budgets', budget('New', '5000', [80, 100]));
    const alerts = await tenant.until(async () => {
      const found = await alertsOf(tenant, 'Month');
      return found.length >= 2 && found;
    });
    expect(alerts.map(({ periodStart, facts }) => `${periodStart} ${facts.threshold}`).toSorted()).toEqual([
      `${month}-01 100`,
      `${month}-01 80`,
    ]);
    const detail = await tenant.until(async () => {
      const answer = await tenant.call('GET', `/budgets/${body.id}`);
      return answer.body.history.length === 2 && answer.body;
    });
    expect(Number(detail.history[0].actual)).toBeGreaterThan(6000);
    expect(Number(detail.state.actual)).toBeLessThan(5000);
    expect(await alertsOf(tenant, 'New')).toHaveLength(0);
  }, 300_000);

  test('a rule about a week fires once in seven days, on whatever day it begins', async () => {
    await toNextMonth(undefined, 10);
    const tenant = await harness.tenant('weekly');
    const rule = (name: string, window: string) => ({
      name,
      filters: [],
      window,
      condition: { kind: 'amount', amount: '5', currency: 'USD' },
    });
    await tenant.importFiles([{ name: '0.csv', content: bill(40) }]);
    await tenant.call('POST', '/alert-rules', rule('A week', 'week'));
    await tenant.call('POST', '/alert-rules', rule('A day', 'day'));
    for (const [step, days] of [0, 1, 1, 1, 1, 3].entries()) {
      harness.atlas.clock.advance(days * dayMs);
      await signIn(tenant);
      if (step > 0) await tenant.importFiles([{ name: `${step}.csv`, content: bill(40) }]);
      await tenant.until(async () =>
        (await alertsOf(tenant, 'A day')).some(({ periodStart }) => periodStart === day(2)),
      );
    }
    const alerts = await tenant.until(async () => {
      const found = await alertsOf(tenant, 'A week');
      return found.some(({ periodStart }) => periodStart === day(8)) && found;
    });
    expect(alerts.map(({ periodStart }) => periodStart)).toEqual([day(8), day(15)]);
  }, 300_000);

  test('where an account delivers nothing for some days, nothing has dropped', async () => {
    await toNextMonth(undefined, 20);
    const tenant = await harness.tenant('silent');
    const days = Array.from({ length: 70 }, (_, i) => i);
    await tenant.importFiles([
      {
        name: 'silent.csv',
        content: focusCsv(
          days
            .slice(7)
            .map((i) => ({ day: day(i), service: 'Dear', cost: `${500 + (i % 3)}`, account: '222' })),
        ),
      },
    ]);
    await tenant.importFiles([
      {
        name: 'loud.csv',
        content: focusCsv(
          days.map((i) => ({ day: day(i), service: 'EC2', cost: i === 4 ? '400' : `${20 + (i % 3)}` })),
        ),
      },
    ]);
    // The dearest series are looked at first.
    const found = await tenant.until(async () => {
      const { body } = await tenant.call('GET', '/anomalies');
      return body.items.some(({ service }: { service: string }) => service === 'EC2') && body.items;
    });
    expect(found.map(({ service, kind }: { service: string; kind: string }) => [service, kind])).toEqual([
      ['EC2', 'spike'],
    ]);
  }, 300_000);
});
