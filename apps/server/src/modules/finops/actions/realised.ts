import { divide, subtract, sum, times } from '@cloudatlas/cloud/decimal';
import type { RealisedSavings } from '@cloudatlas/contracts/finops-actions';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { CostsService, ResourceCost } from '#modules/costs/index.ts';
import type { Database, TenantTx } from '#platform/db/database.ts';
import type { Platform } from '#platform/module.ts';
import type { WorkspaceRef } from '../scope-of.ts';
import type { ActionRecord, ActionTables } from './tables.ts';

type Tx = TenantTx<ActionTables>;

/** Whole days before an action that make the mean it is compared with. */
const beforeDays = 14;
/** A saving is measured for so long; after that the comparison with the past says little. */
const measuredDays = 365;
const actionsAtOnce = 500;
/** Mean length of a month, as everywhere in savings (365.25 / 12). */
const monthDays = '30.44';

/** What was measured of one action in one month. */
export interface MonthMeasure {
  /** First day of the month. */
  month: string;
  days: number;
  beforePerDay: string;
  afterTotal: string;
  currency: string;
}

/**
 * Measures an action from the bill: mean effective cost of a day in the whole days before it, and the sum of the
 * whole days after, with what the action made (a snapshot, the restored resource). The day of the action itself
 * belongs to neither.
 * @param costs daily costs by id as in the bill, of the resource and of what was made
 * @param through last day whose costs are complete
 * @param ended day on which the action was taken back; null while in force
 */
export function measure(
  appliedOn: string,
  ended: string | null,
  through: string,
  resource: readonly ResourceCost[],
  made: readonly ResourceCost[],
): MonthMeasure[] {
  const currency = resource[0]?.currency;
  if (currency === undefined) return [];
  const own = byDay(resource, currency);
  const all = byDay([...resource, ...made], currency);
  const first = addDays(appliedOn, -beforeDays);
  // A younger resource is compared with the days it had.
  const charged = [...own.keys()].filter((day) => day >= first && day < appliedOn).toSorted();
  const since = charged[0];
  if (since === undefined) return [];
  const days = daysFrom(since, appliedOn);
  const beforePerDay = divide(sum(['0', ...charged.map((day) => own.get(day) ?? '0')]), days.length, 10);
  const last = [
    through,
    addDays(appliedOn, measuredDays),
    ended === null ? through : addDays(ended, -1),
  ].reduce((a, b) => (a < b ? a : b));
  const months = new Map<string, { days: number; after: string[] }>();
  for (const day of daysFrom(addDays(appliedOn, 1), addDays(last, 1))) {
    const month = `${day.slice(0, 7)}-01`;
    const entry = months.get(month) ?? { days: 0, after: [] };
    entry.days += 1;
    entry.after.push(all.get(day) ?? '0');
    months.set(month, entry);
  }
  return [...months].map(([month, entry]) => ({
    month,
    days: entry.days,
    beforePerDay,
    afterTotal: sum(['0', ...entry.after]),
    currency,
  }));
}

/** Measures what actions saved, and answers what was measured. */
export function createRealised(
  { clock }: Pick<Platform, 'clock'>,
  db: Database<ActionTables>,
  costs: Pick<CostsService, 'resourceCosts' | 'money'>,
) {
  /** Actions that were in force on at least one day which may be measured, newest first. */
  function measurable(tx: Tx, scope: WorkspaceRef): Promise<ActionRecord[]> {
    const oldest = new Date(clock.now().getTime() - (measuredDays + 40) * 86_400_000);
    return tx
      .selectFrom('finops.action')
      .selectAll()
      .where('workspace_id', '=', scope.workspaceId)
      .where('applied_at', '>', oldest)
      .where('status', 'in', ['applied', 'quarantined', 'final', 'undone'])
      .orderBy('id', 'desc')
      .limit(actionsAtOnce)
      .execute();
  }

  async function measureOne(
    scope: WorkspaceRef,
    action: ActionRecord,
    byResource: ReadonlyMap<string, ResourceCost[]>,
    through: string,
  ): Promise<void> {
    if (action.applied_at === null) return;
    const ended = action.status === 'undone' ? dayOf(action.finished_at ?? clock.now()) : null;
    const found = (ids: readonly string[]) => ids.flatMap((id) => byResource.get(id) ?? []);
    const months = measure(
      dayOf(action.applied_at),
      ended,
      through,
      found([action.resource.nativeId, action.resource.id]),
      found(action.created.flatMap((ref) => [ref.nativeId, ref.id])),
    );
    await db.inTenant(scope, async (tx) => {
      await tx.deleteFrom('finops.realised').where('action_id', '=', action.id).execute();
      if (months.length === 0) return;
      await tx
        .insertInto('finops.realised')
        .values(
          months.map((each) => ({
            organization_id: scope.organizationId,
            action_id: action.id,
            month: each.month,
            days: each.days,
            before_per_day: each.beforePerDay,
            after_total: each.afterTotal,
            currency: each.currency,
            estimated:
              action.monthly_converted === null
                ? null
                : divide(times(action.monthly_converted, each.days), monthDays, 10),
            measured_at: clock.now(),
          })),
        )
        .execute();
    });
  }

  return {
    /** Measures every action of a workspace again. @returns how many there were */
    async measureAll(scope: WorkspaceRef, signal: AbortSignal): Promise<number> {
      const through = await costs.money.completeThrough(scope);
      if (through === null) return 0;
      const actions = (await db.inTenant(scope, (tx) => measurable(tx, scope))).filter(
        ({ applied_at: at }) => at !== null && dayOf(at) < through,
      );
      if (actions.length === 0) return 0;
      const first = actions.map(({ applied_at: at }) => dayOf(at ?? clock.now())).toSorted()[0] ?? through;
      const ids = actions.flatMap((action) =>
        [action.resource, ...action.created].flatMap((ref) => [ref.nativeId, ref.id]),
      );
      const rows = await costs.resourceCosts(
        scope,
        {
          from: addDays(first, -beforeDays),
          to: addDays(through, 1),
          resourceIds: [...new Set(ids)].slice(0, 10_000),
          daily: true,
        },
        signal,
      );
      const byResource = Map.groupBy(rows, (row) => row.resourceId);
      for (const action of actions) await measureOne(scope, action, byResource, through);
      return actions.length;
    },

    /** Workspaces that have something to measure. */
    async workspaces(): Promise<WorkspaceRef[]> {
      const rows = await db.inSystem('find workspaces with savings to measure', (tx) =>
        tx
          .selectFrom('finops.action')
          .select(['organization_id', 'workspace_id'])
          .distinct()
          .where('applied_at', 'is not', null)
          .execute(),
      );
      return rows.map((row) => ({ organizationId: row.organization_id, workspaceId: row.workspace_id }));
    },

    /** Measured savings by month in the workspace's currency; what has no rate into it is left out. */
    async answer(scope: WorkspaceRef): Promise<z.input<typeof RealisedSavings>> {
      const currency = await costs.money.currency(scope);
      const rates = await costs.money.ratesInto(scope, currency);
      const rows = await db.inTenant(scope, (tx) =>
        tx
          .selectFrom('finops.realised')
          .innerJoin('finops.action', 'finops.action.id', 'finops.realised.action_id')
          .where('finops.action.workspace_id', '=', scope.workspaceId)
          .groupBy(['finops.realised.month', 'finops.realised.currency'])
          .orderBy('finops.realised.month')
          .select([
            'finops.realised.month',
            'finops.realised.currency',
            sql<string>`sum(finops.realised.before_per_day * finops.realised.days)`.as('before'),
            sql<string>`sum(finops.realised.after_total)`.as('after'),
            sql<string>`coalesce(sum(finops.realised.estimated), 0)`.as('estimated'),
          ])
          .execute(),
      );
      const months = new Map<string, { month: string; estimated: string; realised: string }>();
      for (const row of rows) {
        const rate = row.currency === currency ? '1' : rates.get(row.currency);
        if (rate === undefined) continue;
        const month = row.month.slice(0, 7);
        const earlier = months.get(month) ?? { month, estimated: '0', realised: '0' };
        months.set(month, {
          month,
          estimated: sum([earlier.estimated, row.estimated]),
          realised: sum([earlier.realised, times(subtract(row.before, row.after), rate)]),
        });
      }
      const items = [...months.values()];
      return { currency, months: items, total: sum(['0', ...items.map(({ realised }) => realised)]) };
    },

    /**
     * What actions in force save until an instant that the costs do not show yet: those applied after the last
     * complete day. In the workspace's currency, decimal.
     */
    async ahead(
      scope: WorkspaceRef,
      through: string,
      until: Date,
    ): Promise<{ monthly: string; ahead: string }> {
      const rows = await db.inTenant(scope, (tx) =>
        tx
          .selectFrom('finops.action')
          .innerJoin('finops.recommendation', 'finops.recommendation.id', 'finops.action.recommendation_id')
          .where('finops.action.workspace_id', '=', scope.workspaceId)
          .where('finops.action.status', 'in', ['applied', 'quarantined', 'final'])
          .where('finops.recommendation.status', '=', 'applied')
          .whereRef('finops.recommendation.action_id', '=', 'finops.action.id')
          .where('finops.action.monthly_converted', 'is not', null)
          .select(['finops.action.monthly_converted as monthly', 'finops.action.applied_at as at'])
          .execute(),
      );
      const parts = rows.flatMap(({ monthly, at }) => {
        if (monthly === null || at === null || dayOf(at) <= through || at >= until) return [];
        const days = (until.getTime() - at.getTime()) / 86_400_000;
        return [divide(times(monthly, days.toFixed(4)), monthDays, 6)];
      });
      return {
        monthly: sum(['0', ...rows.map(({ monthly }) => monthly ?? '0')]),
        ahead: sum(['0', ...parts]),
      };
    },
  };
}

function byDay(costs: readonly ResourceCost[], currency: string): Map<string, string> {
  const days = new Map<string, string>();
  for (const cost of costs) {
    if (cost.currency !== currency) continue;
    for (const { day, effective } of cost.daily ?? []) days.set(day, sum([days.get(day) ?? '0', effective]));
  }
  return days;
}

/** Days from the first to before the last, YYYY-MM-DD. */
function daysFrom(first: string, end: string): string[] {
  const days: string[] = [];
  for (let day = first; day < end; day = addDays(day, 1)) days.push(day);
  return days;
}

function addDays(day: string, days: number): string {
  return dayOf(new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000));
}

function dayOf(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}
