import type { CostSource, PutCostSourceBody } from '@cloudatlas/contracts/cost-imports';
import type { Selectable } from 'kysely';
import type { z } from 'zod';
import type { AccountFacts, AccountsService } from '#modules/accounts/index.ts';
import type { AuditService } from '#modules/audit/index.ts';
import type { Database } from '#platform/db/database.ts';
import { AppError, notFound } from '#platform/errors/app-error.ts';
import type { Platform } from '#platform/module.ts';
import type { Acting } from '../imports/imports.ts';
import { fetchJob } from '../jobs.ts';
import type { WorkspaceRef } from '../scope-of.ts';
import type { CostsTables, SourceTable } from '../tables.ts';
import type { SourceStates } from './states.ts';

/** The cost service charges per question: asked at most once in so many hours on schedule. */
const queryEveryHours = 20;

/** What connected accounts deliver, and how. */
export function createSources(
  platform: Pick<Platform, 'clock' | 'jobs'>,
  db: Database<CostsTables>,
  accounts: AccountsService,
  audit: AuditService,
  states: SourceStates,
) {
  const { clock, jobs } = platform;

  async function accountIn(scope: WorkspaceRef, accountId: string): Promise<AccountFacts> {
    const account = await accounts.factsOf(scope, accountId);
    if (account.workspaceId !== scope.workspaceId) throw notFound('The account');
    return account;
  }

  async function lastDays(scope: WorkspaceRef): Promise<Map<string, string>> {
    const rows = await db.inTenant(scope, (tx) =>
      tx
        .selectFrom('costs.partition')
        .select('source_account_id')
        .select((eb) => eb.fn.max('last_day').as('last'))
        .where('workspace_id', '=', scope.workspaceId)
        .where('source_account_id', 'is not', null)
        .groupBy('source_account_id')
        .execute(),
    );
    return new Map(rows.map((row) => [row.source_account_id ?? '', row.last]));
  }

  return {
    /** Every connected account of the workspace, also those that deliver nothing. */
    async list(scope: WorkspaceRef): Promise<CostSource[]> {
      const rows = await db.inTenant(scope, (tx) =>
        tx.selectFrom('costs.source').selectAll().where('workspace_id', '=', scope.workspaceId).execute(),
      );
      const known = new Map(rows.map((row) => [row.account_id, row]));
      const days = await lastDays(scope);
      return (await accounts.listFacts(scope, scope.workspaceId)).map((account) =>
        present(account, known.get(account.id), days.get(account.id) ?? null),
      );
    },

    async put(
      scope: WorkspaceRef,
      acting: Acting,
      accountId: string,
      body: z.output<typeof PutCostSourceBody>,
    ): Promise<CostSource> {
      const account = await accountIn(scope, accountId);
      const row = await db.inTenant(scope, async (tx) => {
        const values = {
          mode: body.mode,
          location: body.location === undefined ? null : JSON.stringify(body.location),
          status: body.mode === 'off' ? ('never' as const) : ('queued' as const),
          problem: null,
          // Another place has other deliveries.
          delivered: '{}',
        };
        const saved = await tx
          .insertInto('costs.source')
          .values({
            organization_id: scope.organizationId,
            account_id: account.id,
            workspace_id: scope.workspaceId,
            ...values,
            last_run_at: null,
            query_cost: null,
          })
          .onConflict((conflict) => conflict.columns(['organization_id', 'account_id']).doUpdateSet(values))
          .returningAll()
          .executeTakeFirstOrThrow();
        if (body.mode !== 'off')
          await jobs.enqueue(tx, fetchJob, { organizationId: scope.organizationId, accountId: account.id });
        await audit.record(tx, {
          organizationId: scope.organizationId,
          action: 'cost_source.changed',
          outcome: 'success',
          ...acting,
          provider: account.provider,
          workspaceId: scope.workspaceId,
          target: { type: 'cloud_account', id: account.id, label: account.name },
          details: { mode: body.mode, location: body.location ?? null },
        });
        await states.announce(tx, scope, account.id);
        return saved;
      });
      return present(account, row, (await lastDays(scope)).get(account.id) ?? null);
    },

    /** @throws AppError `conflict` when the account is off or disabled */
    async refresh(scope: WorkspaceRef, acting: Acting, accountId: string): Promise<CostSource> {
      const account = await accountIn(scope, accountId);
      if (!account.enabled) throw new AppError('conflict', `The account ${account.name} is disabled.`);
      const row = await db.inTenant(scope, async (tx) => {
        const found = await tx
          .updateTable('costs.source')
          .set({ status: 'queued' })
          .where('account_id', '=', account.id)
          .where('mode', '!=', 'off')
          .returningAll()
          .executeTakeFirst();
        if (found === undefined)
          throw new AppError('conflict', `Choose first how the costs of ${account.name} are fetched.`);
        await jobs.enqueue(tx, fetchJob, { organizationId: scope.organizationId, accountId: account.id });
        await audit.record(tx, {
          organizationId: scope.organizationId,
          action: 'cost_source.refresh_requested',
          outcome: 'success',
          ...acting,
          provider: account.provider,
          workspaceId: scope.workspaceId,
          target: { type: 'cloud_account', id: account.id, label: account.name },
        });
        await states.announce(tx, scope, account.id);
        return found;
      });
      return present(account, row, (await lastDays(scope)).get(account.id) ?? null);
    },

    /** An account that may read costs begins with the light way, unless somebody chose another one already. */
    async ensure(account: AccountFacts): Promise<void> {
      if (!account.enabled || !account.features.includes('costs')) return;
      const scope = { organizationId: account.organizationId, workspaceId: account.workspaceId };
      await db.inTenant(scope, async (tx) => {
        await tx
          .insertInto('costs.source')
          .values({
            organization_id: scope.organizationId,
            account_id: account.id,
            workspace_id: scope.workspaceId,
            mode: 'query',
            location: null,
            status: 'queued',
            problem: null,
            last_run_at: null,
            query_cost: null,
          })
          .onConflict((conflict) => conflict.columns(['organization_id', 'account_id']).doNothing())
          .execute();
        await jobs.enqueue(tx, fetchJob, { organizationId: scope.organizationId, accountId: account.id });
      });
    },

    /** Has every source fetched that is due. */
    async fetchDue(): Promise<void> {
      const enabled = new Set((await accounts.listEnabled()).map((account) => account.id));
      const rows = await db.inSystem('list cost sources for the schedule', (tx) =>
        tx
          .selectFrom('costs.source')
          .select(['organization_id', 'account_id', 'mode', 'last_run_at'])
          .where('mode', '!=', 'off')
          .execute(),
      );
      const recent = clock.now().getTime() - queryEveryHours * 3_600_000;
      for (const row of rows) {
        if (!enabled.has(row.account_id)) continue;
        if (row.mode === 'query' && row.last_run_at !== null && row.last_run_at.getTime() > recent) continue;
        await db.inTenant({ organizationId: row.organization_id }, (tx) =>
          jobs.enqueue(tx, fetchJob, { organizationId: row.organization_id, accountId: row.account_id }),
        );
      }
    },
  };
}

export type Sources = ReturnType<typeof createSources>;

function present(
  account: AccountFacts,
  row: Selectable<SourceTable> | undefined,
  dataThrough: string | null,
): CostSource {
  return {
    accountId: account.id,
    accountName: account.name,
    provider: account.provider,
    mode: row?.mode ?? 'off',
    location: row?.location ?? null,
    status: row?.status ?? 'never',
    problem: row?.problem ?? null,
    lastRunAt: row?.last_run_at?.toISOString() ?? null,
    dataThrough,
    queryCost: row?.query_cost ?? null,
  };
}
