import type { Budget, BudgetBody } from '@cloudatlas/contracts/cost-control';
import type { Selectable } from 'kysely';
import type { z } from 'zod';
import type { AuditService } from '#modules/audit/index.ts';
import { lockOrganization, requireRoom } from '#modules/tenancy/index.ts';
import { violates, type Database, type TenantTx } from '#platform/db/database.ts';
import { AppError, invalidField, notFound } from '#platform/errors/app-error.ts';
import { isId, newId } from '#platform/ids/ids.ts';
import type { Platform } from '#platform/module.ts';
import { decodeCursor, toPage } from '#platform/paging/cursor.ts';
import type { Acting } from '../imports/imports.ts';
import { evaluateJob } from '../jobs.ts';
import type { WorkspaceRef } from '../scope-of.ts';
import type { BudgetStateTable, BudgetTable, CostsTables } from '../tables.ts';

type Tx = TenantTx<CostsTables>;
export type BudgetRow = Selectable<BudgetTable>;
const shownPeriods = 12;

export async function countBudgets(tx: Tx): Promise<number> {
  const { n } = await tx
    .selectFrom('costs.budget')
    .select((eb) => eb.fn.countAll<string>().as('n'))
    .executeTakeFirstOrThrow();
  return Number(n);
}

/** Budgets of a workspace and how they stand. */
export function createBudgets(
  platform: Pick<Platform, 'clock' | 'jobs'>,
  db: Database<CostsTables>,
  audit: AuditService,
) {
  const { clock, jobs } = platform;

  async function find(tx: Tx, scope: WorkspaceRef, budgetId: string): Promise<BudgetRow> {
    const row = isId(budgetId)
      ? await tx
          .selectFrom('costs.budget')
          .selectAll()
          .where('id', '=', budgetId)
          .where('workspace_id', '=', scope.workspaceId)
          .executeTakeFirst()
      : undefined;
    if (row === undefined) throw notFound('The budget');
    return row;
  }

  async function latest(tx: Tx, ids: readonly string[]): Promise<Map<string, Selectable<BudgetStateTable>>> {
    if (ids.length === 0) return new Map();
    const rows = await tx
      .selectFrom('costs.budget_state')
      .selectAll()
      .distinctOn('budget_id')
      .where('budget_id', 'in', [...ids])
      .orderBy('budget_id')
      .orderBy('period_start', 'desc')
      .execute();
    return new Map(rows.map((row) => [row.budget_id, row]));
  }

  function record(
    tx: Tx,
    scope: WorkspaceRef,
    acting: Acting,
    action: string,
    row: BudgetRow,
  ): Promise<void> {
    return audit.record(tx, {
      organizationId: scope.organizationId,
      action,
      outcome: 'success',
      ...acting,
      workspaceId: scope.workspaceId,
      target: { type: 'budget', id: row.id, label: row.name },
      details: {
        period: row.period,
        amount: row.amount,
        currency: row.currency,
        thresholds: row.thresholds,
        enabled: row.enabled,
      },
    });
  }

  /** Has a changed budget looked at right away. */
  async function look(tx: Tx, scope: WorkspaceRef): Promise<void> {
    await jobs.enqueue(tx, evaluateJob, {
      organizationId: scope.organizationId,
      workspaceId: scope.workspaceId,
    });
  }

  return {
    async list(scope: WorkspaceRef, page: { cursor?: string | undefined; limit: number }) {
      return db.inTenant(scope, async (tx) => {
        let select = tx
          .selectFrom('costs.budget')
          .selectAll()
          .where('workspace_id', '=', scope.workspaceId)
          .orderBy('id')
          .limit(page.limit + 1);
        if (page.cursor !== undefined) {
          const [after = ''] = decodeCursor(page.cursor, 1);
          if (!isId(after)) throw invalidField('query.cursor', 'is not a cursor of this list');
          select = select.where('id', '>', after);
        }
        const { items, nextCursor } = toPage(await select.execute(), page.limit, (row) => [row.id]);
        const states = await latest(
          tx,
          items.map((row) => row.id),
        );
        return { items: items.map((row) => present(row, states.get(row.id))), nextCursor };
      });
    },

    async get(scope: WorkspaceRef, budgetId: string) {
      return db.inTenant(scope, async (tx) => {
        const row = await find(tx, scope, budgetId);
        const states = await tx
          .selectFrom('costs.budget_state')
          .selectAll()
          .where('budget_id', '=', row.id)
          .orderBy('period_start', 'desc')
          .limit(shownPeriods)
          .execute();
        const history = states.toReversed().map((state) => ({
          periodStart: state.period_start,
          periodEnd: state.period_end,
          actual: state.actual ?? '0',
        }));
        return { ...present(row, states[0]), history };
      });
    },

    /** @throws AppError `limit_reached`, `already_exists` */
    async create(scope: WorkspaceRef, acting: Acting, body: z.output<typeof BudgetBody>): Promise<Budget> {
      try {
        return await db.inTenant(scope, async (tx) => {
          const plan = await lockOrganization(tx as never);
          requireRoom(plan, 'budgets', await countBudgets(tx));
          const row = await tx
            .insertInto('costs.budget')
            .values({
              organization_id: scope.organizationId,
              id: newId(),
              workspace_id: scope.workspaceId,
              ...columnsOf(body),
              created_at: clock.now(),
              updated_at: clock.now(),
            })
            .returningAll()
            .executeTakeFirstOrThrow();
          await record(tx, scope, acting, 'budget.created', row);
          await look(tx, scope);
          return present(row, undefined);
        });
      } catch (error) {
        throw named(error);
      }
    },

    async update(
      scope: WorkspaceRef,
      acting: Acting,
      budgetId: string,
      body: z.output<typeof BudgetBody>,
    ): Promise<Budget> {
      try {
        return await db.inTenant(scope, async (tx) => {
          const { id } = await find(tx, scope, budgetId);
          const row = await tx
            .updateTable('costs.budget')
            .set({ ...columnsOf(body), updated_at: clock.now() })
            .where('id', '=', id)
            .returningAll()
            .executeTakeFirstOrThrow();
          await record(tx, scope, acting, 'budget.changed', row);
          await look(tx, scope);
          return present(row, (await latest(tx, [id])).get(id));
        });
      } catch (error) {
        throw named(error);
      }
    },

    async remove(scope: WorkspaceRef, acting: Acting, budgetId: string): Promise<void> {
      await db.inTenant(scope, async (tx) => {
        const row = await find(tx, scope, budgetId);
        await tx.deleteFrom('costs.budget').where('id', '=', row.id).execute();
        await record(tx, scope, acting, 'budget.removed', row);
      });
    },
  };
}

export type Budgets = ReturnType<typeof createBudgets>;

function columnsOf(body: z.output<typeof BudgetBody>) {
  return { ...body, filters: JSON.stringify(body.filters), thresholds: JSON.stringify(body.thresholds) };
}

function named(error: unknown): unknown {
  return violates(error, 'budget_name')
    ? new AppError('already_exists', 'A budget of this workspace has this name.', { meta: { field: 'name' } })
    : error;
}

function percentOf(part: string | null, amount: string): number | null {
  return part === null ? null : Math.round((Number(part) / Number(amount)) * 1000) / 10;
}

function present(row: BudgetRow, state: Selectable<BudgetStateTable> | undefined): Budget {
  const percent = percentOf(state?.actual ?? null, row.amount);
  const forecastPercent = percentOf(state?.forecast ?? null, row.amount);
  const reached = row.thresholds.some(
    ({ percent: at, on }) => ((on === 'actual' ? percent : forecastPercent) ?? 0) >= at,
  );
  return {
    id: row.id,
    name: row.name,
    period: row.period,
    amount: row.amount,
    currency: row.currency,
    metric: row.metric,
    filters: row.filters,
    thresholds: row.thresholds,
    enabled: row.enabled,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    state:
      state === undefined
        ? null
        : {
            periodStart: state.period_start,
            periodEnd: state.period_end,
            actual: state.actual,
            forecast: state.forecast,
            percent,
            forecastPercent,
            status: percent === null ? 'unknown' : percent >= 100 ? 'exceeded' : reached ? 'warning' : 'ok',
            problem: state.problem,
            evaluatedAt: state.evaluated_at.toISOString(),
          },
  };
}
