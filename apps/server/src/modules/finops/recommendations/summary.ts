import { compare, decimal, round, subtract } from '@cloudatlas/cloud/decimal';
import type { SavingsSummary } from '@cloudatlas/contracts/finops';
import { sql } from 'kysely';
import type { CostsService } from '#modules/costs/index.ts';
import type { Clock } from '#platform/clock/clock.ts';
import type { Database } from '#platform/db/database.ts';
import { AppError } from '#platform/errors/app-error.ts';
import type { WorkspaceRef } from '../scope-of.ts';
import type { FinopsTables } from '../tables.ts';
import { titleOf } from './present.ts';

/** The forecast reads the cost lake: once a minute is enough for a page that people leave open. */
const forecastKeptMs = 60_000;
const maxForecasts = 500;

/** What actions save, from whoever carries them out. */
export interface SavedPort {
  /** Measured from later cost, decimal, in the workspace's currency. */
  answer(scope: WorkspaceRef): Promise<{ total: string }>;
  /** What actions in force save a month, and until an instant without the costs through a day knowing of it. */
  ahead(scope: WorkspaceRef, through: string, until: Date): Promise<{ monthly: string; ahead: string }>;
}

type Column = 'priority' | 'category' | 'provider' | 'rule_id';
type Group = { key: string; count: string; monthly: string };

/** Sums over the open findings of a workspace, and what the bill will be. */
export function createSummary(
  clock: Clock,
  db: Database<FinopsTables>,
  needs: { costs: Pick<CostsService, 'money'>; saved: SavedPort },
) {
  const { costs, saved } = needs;
  const forecasts = new Map<string, { at: number; month: { month: string; projected: string } }>();

  async function monthEnd(scope: WorkspaceRef, currency: string, signal: AbortSignal) {
    const key = `${scope.organizationId} ${scope.workspaceId} ${currency}`;
    const known = forecasts.get(key);
    const now = clock.now().getTime();
    if (known !== undefined && now - known.at < forecastKeptMs) return known.month;
    try {
      const month = await costs.money.monthEnd(scope, currency, signal);
      // "Not enough costs yet" is true until the next import, which may be a moment away.
      if (month === null) return null;
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
    const through = await costs.money.completeThrough(scope);
    const until = new Date(`${month.month}-01T00:00:00.000Z`);
    until.setUTCMonth(until.getUTCMonth() + 1);
    const { ahead } = await saved.ahead(scope, through ?? `${month.month}-01`, until);
    const after = subtract(month.projected, ahead);
    return {
      month: month.month,
      monthEnd: month.projected,
      monthEndAfterActions: round(compare(after, '0') < 0 ? '0' : after, 2),
    };
  }

  return async function summary(scope: WorkspaceRef, signal: AbortSignal): Promise<SavingsSummary> {
    const currency = await costs.money.currency(scope);
    const { open, groups, applied, lastScan } = await db.inTenant(scope, async (tx) => {
      // One pass: a workspace may have very many findings, and their rows are wide.
      const { rows } = await sql<Record<Column, string | null> & Omit<Group, 'key'>>`
        select priority, category, provider, rule_id, count(*)::text as count,
          coalesce(sum(counted_monthly), 0)::text as monthly
        from finops.recommendation
        where workspace_id = ${scope.workspaceId} and status = 'open'
        group by grouping sets ((priority), (category), (provider), (rule_id), ())
        order by coalesce(sum(counted_monthly), 0) desc, coalesce(priority, category, provider, rule_id)`.execute(
        tx,
      );
      const by = (column: Column): Group[] =>
        rows.flatMap(({ [column]: key, count, monthly }) => (key === null ? [] : [{ key, count, monthly }]));
      const whole = rows.find((row) =>
        [row.priority, row.category, row.provider, row.rule_id].every((key) => key === null),
      );
      return {
        groups: {
          priority: by('priority'),
          category: by('category'),
          provider: by('provider'),
          rule: by('rule_id'),
        },
        open: { count: whole?.count ?? '0', monthly: whole?.monthly ?? '0' },
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
      monthly: decimal(monthly),
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
      realisedTotal: decimal((await saved.answer(scope)).total),
      projection: await projection(scope, currency, signal),
      lastScanAt: lastScan?.finished_at?.toISOString() ?? null,
    };
  };
}

type Priority = SavingsSummary['byPriority'][number]['priority'];
type Category = SavingsSummary['byCategory'][number]['category'];
