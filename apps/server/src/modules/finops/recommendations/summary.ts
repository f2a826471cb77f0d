import { compare, decimal, divide, round, subtract, sum, times } from '@cloudatlas/cloud/decimal';
import type { SavingsSummary } from '@cloudatlas/contracts/finops';
import { sql } from 'kysely';
import type { CostsService } from '#modules/costs/index.ts';
import type { Clock } from '#platform/clock/clock.ts';
import type { Database } from '#platform/db/database.ts';
import { AppError } from '#platform/errors/app-error.ts';
import { daysPerMonth } from '../scan/money.ts';
import type { WorkspaceRef } from '../scope-of.ts';
import type { FinopsTables } from '../tables.ts';
import { titleOf } from './present.ts';

const dayMs = 86_400_000;
/** After so many days of the bill a forecast has learnt what an action saves. */
const learntAfterDays = 14;
/** The forecast reads the cost lake: once a minute is enough for a page that people leave open. */
const forecastKeptMs = 60_000;
const maxForecasts = 500;

/** What measured savings amount to, from whoever measures them. */
export interface RealisedSavingsPort {
  /** Since the first action, decimal, in a currency. */
  total(scope: WorkspaceRef, currency: string): Promise<string>;
}

type Group = { key: string; count: string; monthly: string | null };

/** Sums over the open findings of a workspace, and what the bill will be. */
export function createSummary(
  clock: Clock,
  db: Database<FinopsTables>,
  needs: { costs: Pick<CostsService, 'money'>; realised: RealisedSavingsPort },
) {
  const { costs, realised } = needs;
  const forecasts = new Map<string, { at: number; month: { month: string; projected: string } | null }>();

  async function monthEnd(scope: WorkspaceRef, currency: string, signal: AbortSignal) {
    const key = `${scope.organizationId} ${scope.workspaceId} ${currency}`;
    const known = forecasts.get(key);
    const now = clock.now().getTime();
    if (known !== undefined && now - known.at < forecastKeptMs) return known.month;
    try {
      const month = await costs.money.monthEnd(scope, currency, signal);
      if (forecasts.size >= maxForecasts) forecasts.clear();
      forecasts.set(key, { at: now, month });
      return month;
    } catch (error) {
      // A busy cost lake costs the page its projection, not its findings.
      if (error instanceof AppError && error.code === 'unavailable') return null;
      throw error;
    }
  }

  async function projection(
    scope: WorkspaceRef,
    currency: string,
    signal: AbortSignal,
  ): Promise<SavingsSummary['projection']> {
    const month = await monthEnd(scope, currency, signal);
    if (month === null) return null;
    const completeThrough = await costs.money.completeThrough(scope);
    const applied = await db.inTenant(scope, (tx) =>
      tx
        .selectFrom('finops.recommendation')
        .select(['monthly_converted', 'applied_at'])
        .where('workspace_id', '=', scope.workspaceId)
        .where('status', '=', 'applied')
        .where('monthly_converted', '>', '0')
        .where('applied_at', 'is not', null)
        .execute(),
    );
    const saved = sum(
      applied.map((row) =>
        savedUntilMonthEnd(row.monthly_converted ?? '0', row.applied_at, month.month, completeThrough),
      ),
    );
    const after = subtract(month.projected, saved);
    return {
      month: month.month,
      monthEnd: month.projected,
      monthEndAfterActions: round(compare(after, '0') < 0 ? '0' : after, 2),
    };
  }

  return async function summary(scope: WorkspaceRef, signal: AbortSignal): Promise<SavingsSummary> {
    const currency = await costs.money.currency(scope);
    const { open, groups, applied, lastScan } = await db.inTenant(scope, async (tx) => {
      const by = async (column: 'priority' | 'category' | 'provider' | 'rule_id'): Promise<Group[]> => {
        const rows = await sql<Group>`
          select ${sql.ref(column)} as key, count(*)::text as count, sum(counted_monthly)::text as monthly
          from finops.recommendation
          where workspace_id = ${scope.workspaceId} and status = 'open'
          group by 1 order by sum(counted_monthly) desc, 1`.execute(tx);
        return rows.rows;
      };
      return {
        groups: {
          priority: await by('priority'),
          category: await by('category'),
          provider: await by('provider'),
          rule: await by('rule_id'),
        },
        open: await tx
          .selectFrom('finops.recommendation')
          .select([
            sql<string>`count(*)`.as('count'),
            sql<string>`coalesce(sum(counted_monthly), 0)`.as('monthly'),
          ])
          .where('workspace_id', '=', scope.workspaceId)
          .where('status', '=', 'open')
          .executeTakeFirstOrThrow(),
        applied: await tx
          .selectFrom('finops.recommendation')
          .select(sql<string>`coalesce(sum(monthly_converted), 0)`.as('monthly'))
          .where('workspace_id', '=', scope.workspaceId)
          .where('status', '=', 'applied')
          .executeTakeFirstOrThrow(),
        lastScan: await tx
          .selectFrom('finops.scan')
          .select('finished_at')
          .where('workspace_id', '=', scope.workspaceId)
          .where('status', 'in', ['succeeded', 'partial'])
          .orderBy('id', 'desc')
          .limit(1)
          .executeTakeFirst(),
      };
    });
    const present = ({ count, monthly }: Group) => ({
      count: Number(count),
      monthly: decimal(monthly ?? '0'),
    });
    return {
      currency,
      potentialMonthly: decimal(open.monthly),
      open: Number(open.count),
      byPriority: groups.priority.map((group) => ({ priority: group.key as Priority, ...present(group) })),
      byCategory: groups.category.map((group) => ({ category: group.key as Category, ...present(group) })),
      byProvider: groups.provider.map((group) => ({ provider: group.key, ...present(group) })),
      byRule: groups.rule.map((group) => ({
        ruleId: group.key,
        title: titleOf(group.key),
        ...present(group),
      })),
      appliedMonthly: decimal(applied.monthly),
      realisedTotal: await realised.total(scope, currency),
      projection: await projection(scope, currency, signal),
      lastScanAt: lastScan?.finished_at?.toISOString() ?? null,
    };
  };
}

type Priority = SavingsSummary['byPriority'][number]['priority'];
type Category = SavingsSummary['byCategory'][number]['category'];

/**
 * What an action saves between the forecast's basis and the end of the month: its saving a day for the days that lie
 * behind it and that the forecast does not know of yet.
 */
export function savedUntilMonthEnd(
  monthly: string,
  appliedAt: Date | null,
  month: string,
  completeThrough: string | null,
): string {
  if (appliedAt === null) return '0';
  const nextMonth = new Date(`${month}-01T00:00:00.000Z`);
  nextMonth.setUTCMonth(nextMonth.getUTCMonth() + 1);
  const known = completeThrough === null ? 0 : Date.parse(completeThrough) + dayMs;
  if (known - appliedAt.getTime() >= learntAfterDays * dayMs) return '0';
  const days = (nextMonth.getTime() - Math.max(appliedAt.getTime(), known)) / dayMs;
  return days <= 0 ? '0' : times(divide(monthly, daysPerMonth, 10), days.toFixed(4));
}
