import type { Database, TenantTx } from '#platform/db/database.ts';
import { AppError, messageOf } from '#platform/errors/app-error.ts';
import type { Logger } from '#platform/log/log.ts';
import type { Platform } from '#platform/module.ts';
import { forecast } from '../forecast/forecast.ts';
import { sumDecimals } from '../lake/money.ts';
import { addDays, addMonths, daysBetween, previousPeriod, type Period } from '../query/question.ts';
import { seriesThrough, type DailyAmounts } from '../questions/forecast.ts';
import type { Questions } from '../questions/questions.ts';
import type { WorkspaceRef } from '../scope-of.ts';
import type { Data, Freshness } from '../store/data.ts';
import type { CostsTables } from '../tables.ts';
import type { Alerts, NewAlert } from './alerts.ts';
import type { Anomalies } from './anomalies.ts';
import type { BudgetRow } from './budgets.ts';
import type { RuleRow } from './rules.ts';

const historyDays = 400;
/**
 * Days after its end in which a period is still looked at: its last costs come up to 36 hours late, and providers close
 * and correct the bill of a month in the first days of the next one.
 */
const lateDays = 10;

/** Looks at budgets, alert rules and anomalies of a workspace; what fires, fires once per period and threshold. */
export function createEvaluation(
  platform: Pick<Platform, 'clock'>,
  db: Database<CostsTables>,
  data: Data,
  questions: Questions,
  alerts: Alerts,
  anomalies: Anomalies,
) {
  type Recipients = Awaited<ReturnType<Alerts['recipients']>>;

  return async function evaluate(scope: WorkspaceRef, signal: AbortSignal, log: Logger): Promise<void> {
    const fresh = await data.freshness(scope);
    if (fresh.completeThrough === null) return;
    const recipients = await alerts.recipients(scope);
    const { budgets, rules } = await db.inTenant(scope, async (tx) => ({
      budgets: await tx
        .selectFrom('costs.budget')
        .selectAll()
        .where('workspace_id', '=', scope.workspaceId)
        .where('enabled', '=', true)
        .execute(),
      rules: await tx
        .selectFrom('costs.alert_rule')
        .selectAll()
        .where('workspace_id', '=', scope.workspaceId)
        .where('enabled', '=', true)
        .execute(),
    }));
    for (const budget of budgets) {
      const period = budgetPeriod(budget.period, fresh.today);
      const before = budgetPeriod(budget.period, addDays(period.from, -1));
      if (daysBetween(before.to, fresh.today) < lateDays)
        await evaluateBudget(scope, budget, before, fresh, recipients, signal);
      await evaluateBudget(scope, budget, period, fresh, recipients, signal);
    }
    for (const rule of rules) {
      try {
        await evaluateRule(scope, rule, fresh, recipients, signal);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        log.warn({ ruleId: rule.id, reason: messageOf(error) }, 'a cost alert rule could not be evaluated');
      }
    }
    await anomalies.detect(scope, fresh, recipients, signal);
  };

  async function daily(
    scope: WorkspaceRef,
    period: Period,
    what: Pick<BudgetRow, 'filters' | 'currency'> & { metric: BudgetRow['metric'] },
    signal: AbortSignal,
  ): Promise<DailyAmounts> {
    const answer = await questions.answer(
      scope,
      {
        period,
        grain: 'day',
        metric: what.metric,
        groupBy: [],
        filters: what.filters,
        top: 1,
        currency: what.currency,
      },
      signal,
    );
    return (answer.totals[0]?.series ?? []).map(({ bucket, amount }) => ({ day: bucket, amount }));
  }

  async function evaluateBudget(
    scope: WorkspaceRef,
    budget: BudgetRow,
    period: Period,
    fresh: Freshness,
    recipients: Recipients,
    signal: AbortSignal,
  ): Promise<void> {
    const over = period.to <= fresh.today;
    if (over && !(await wasHeldAgainst(scope, budget, period))) return;
    let state: { actual: string | null; forecast: string | null; problem: string | null };
    try {
      const history = addDays(period.from, -historyDays);
      const days = await daily(scope, { from: history, to: period.to }, budget, signal);
      state = { ...expected(days, period, fresh), problem: null };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      state = { actual: null, forecast: null, problem: error.message };
    }
    await db.inTenant(scope, async (tx) => {
      const still = await tx
        .selectFrom('costs.budget')
        .select('updated_at')
        .where('id', '=', budget.id)
        .forUpdate()
        .executeTakeFirst();
      // Changed meanwhile: the change has an evaluation of its own.
      if (still === undefined || still.updated_at.getTime() !== budget.updated_at.getTime()) return;
      const values = { period_end: period.to, ...state, evaluated_at: platform.clock.now() };
      await tx
        .insertInto('costs.budget_state')
        .values({
          organization_id: scope.organizationId,
          budget_id: budget.id,
          period_start: period.from,
          ...values,
        })
        .onConflict((conflict) =>
          conflict.columns(['organization_id', 'budget_id', 'period_start']).doUpdateSet(values),
        )
        .execute();
      // What a budget is now says nothing of a period that ended before it was that.
      if (over && budget.updated_at.toISOString().slice(0, 10) >= period.to) return;
      for (const alert of budgetAlerts(budget, period, state, over))
        await alerts.raise(tx, scope, alert, recipients);
    });
  }

  /** Whether there was this budget in a period. */
  async function wasHeldAgainst(scope: WorkspaceRef, budget: BudgetRow, period: Period): Promise<boolean> {
    const state = await db.inTenant(scope, (tx) =>
      tx
        .selectFrom('costs.budget_state')
        .select('period_start')
        .where('budget_id', '=', budget.id)
        .where('period_start', '=', period.from)
        .executeTakeFirst(),
    );
    return state !== undefined;
  }

  async function evaluateRule(
    scope: WorkspaceRef,
    rule: RuleRow,
    fresh: Freshness,
    recipients: Recipients,
    signal: AbortSignal,
  ): Promise<void> {
    const window = ruleWindow(rule.time_window, fresh);
    if (window === undefined) return;
    const before = previousPeriod(window);
    const days = await daily(
      scope,
      { from: before.from < window.from ? before.from : window.from, to: window.to },
      { filters: rule.filters, currency: rule.condition.currency, metric: 'billed' },
      signal,
    );
    const within = (period: Period): string =>
      sumDecimals(
        days.filter(({ day }) => day >= period.from && day < period.to).map(({ amount }) => amount),
      );
    const alert = ruleAlert(rule, window, within(window), within(before));
    if (alert === undefined) return;
    await db.inTenant(scope, async (tx) => {
      const still = await tx
        .selectFrom('costs.alert_rule')
        .select('id')
        .where('id', '=', rule.id)
        .where('enabled', '=', true)
        .forUpdate()
        .executeTakeFirst();
      if (still === undefined) return;
      const dedupeKey = await weekOf(tx, rule, alert);
      if (await alerts.raise(tx, scope, { ...alert, dedupeKey }, recipients))
        await tx
          .updateTable('costs.alert_rule')
          .set({ last_fired_at: platform.clock.now() })
          .where('id', '=', rule.id)
          .execute();
    });
  }
}

/** The key of an alert; of a sliding week, that of the alert whose week it overlaps, so that it fires once in seven days. */
async function weekOf(tx: TenantTx<CostsTables>, rule: RuleRow, alert: NewAlert): Promise<string> {
  if (rule.time_window !== 'week') return alert.dedupeKey;
  const last = await tx
    .selectFrom('costs.alert')
    .select('dedupe_key')
    .where('source_id', '=', rule.id)
    .where('dedupe_key', 'like', 'week %')
    .where('period_start', '>', addDays(alert.periodStart, -7))
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return last?.dedupe_key.replace(/ again \d+$/, '') ?? alert.dedupeKey;
}

/** The calendar month, quarter or year (UTC) a day is in. */
export function budgetPeriod(kind: BudgetRow['period'], today: string): Period {
  const year = today.slice(0, 4);
  if (kind === 'yearly') return { from: `${year}-01-01`, to: `${Number(year) + 1}-01-01` };
  if (kind === 'monthly')
    return { from: `${today.slice(0, 7)}-01`, to: addMonths(`${today.slice(0, 7)}-01`, 1) };
  const month = Math.floor((Number(today.slice(5, 7)) - 1) / 3) * 3 + 1;
  const from = `${year}-${String(month).padStart(2, '0')}-01`;
  return { from, to: addMonths(from, 3) };
}

/** Cost of the period so far, and with the forecast of the days that are left. */
export function expected(
  days: DailyAmounts,
  period: Period,
  fresh: Freshness,
): { actual: string; forecast: string | null } {
  const inPeriod = days.filter(({ day }) => day >= period.from && day < period.to);
  const actual = sumDecimals(inPeriod.map(({ amount }) => amount));
  const through = fresh.completeThrough ?? fresh.today;
  const last = addDays(period.to, -1);
  if (through >= last) return { actual, forecast: actual };
  const ahead = forecast(seriesThrough(days, through), daysBetween(through, last));
  if (ahead.method === 'none') return { actual, forecast: null };
  const settled = sumDecimals(inPeriod.filter(({ day }) => day <= through).map(({ amount }) => amount));
  const rest = ahead.days.filter(({ day }) => day >= period.from).reduce((sum, day) => sum + day.amount, 0);
  const total = sumDecimals([settled, rest.toFixed(2)]);
  // What has come already is no forecast.
  return { actual, forecast: Number(total) < Number(actual) ? actual : total };
}

function budgetAlerts(
  budget: BudgetRow,
  period: Period,
  state: { actual: string | null; forecast: string | null },
  over: boolean,
): NewAlert[] {
  return budget.thresholds.flatMap(({ percent, on }): NewAlert[] => {
    // A period that is over has nothing left to foresee.
    if (over && on === 'forecast') return [];
    const value = on === 'actual' ? state.actual : state.forecast;
    const limit = (Number(budget.amount) * percent) / 100;
    if (value === null || Number(value) < limit) return [];
    return [
      {
        kind: 'budget',
        severity: on === 'forecast' ? 'info' : percent >= 100 ? 'critical' : 'warning',
        sourceId: budget.id,
        sourceName: budget.name,
        facts: {
          on,
          threshold: percent,
          actual: value,
          amount: budget.amount,
          percent: Math.round((Number(value) / Number(budget.amount)) * 1000) / 10,
        },
        currency: budget.currency,
        periodStart: period.from,
        dedupeKey: `${period.from} ${on} ${percent}`,
        told: ({ facts, currency }) => currency === budget.currency && Number(facts['actual'] ?? 0) >= limit,
      },
    ];
  });
}

function ruleWindow(window: RuleRow['time_window'], fresh: Freshness): Period | undefined {
  const { completeThrough, today } = fresh;
  if (completeThrough === null) return undefined;
  const to = addDays(completeThrough, 1);
  if (window === 'day') return { from: completeThrough, to };
  if (window === 'week') return { from: addDays(to, -7), to };
  return { from: `${today.slice(0, 7)}-01`, to: addDays(today, 1) };
}

function ruleAlert(rule: RuleRow, window: Period, actual: string, previous: string): NewAlert | undefined {
  const { condition } = rule;
  const rise = Number(previous) > 0 ? (Number(actual) / Number(previous) - 1) * 100 : null;
  const fires =
    condition.kind === 'amount'
      ? Number(actual) >= Number(condition.amount)
      : rise !== null && rise >= condition.percent && Number(actual) >= Number(condition.minAmount);
  if (!fires) return undefined;
  return {
    kind: 'rule',
    severity: 'warning',
    sourceId: rule.id,
    sourceName: rule.name,
    facts: {
      window: rule.time_window,
      actual,
      previous,
      amount: condition.kind === 'amount' ? condition.amount : null,
      percent: rise === null ? null : Math.round(rise * 10) / 10,
    },
    currency: condition.currency,
    periodStart: window.from,
    dedupeKey: `${rule.time_window} ${window.from}`,
    told: ({ facts, currency }) =>
      currency === condition.currency &&
      (condition.kind === 'amount'
        ? Number(facts['actual'] ?? 0) >= Number(condition.amount)
        : Number(facts['percent'] ?? 0) >= condition.percent &&
          Number(facts['actual'] ?? 0) >= Number(condition.minAmount)),
  };
}
