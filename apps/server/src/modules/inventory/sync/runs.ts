import { CloudError, type CloudProblem } from '@cloudatlas/cloud/errors';
import { GLOBAL_REGION } from '@cloudatlas/cloud/resource';
import { sql } from 'kysely';
import type { AccountFacts, AccountsService } from '#modules/accounts/index.ts';
import { violates, type Database, type TenantScope, type TenantTx } from '#platform/db/database.ts';
import { AppError, messageOf } from '#platform/errors/app-error.ts';
import { newId } from '#platform/ids/ids.ts';
import type { Platform } from '#platform/module.ts';
import { syncFinished } from '../events.ts';
import type { InventoryTables, ScopeProblem } from '../tables.ts';
import { scopeJob, startRunJob } from './jobs.ts';

type Tx = TenantTx<InventoryTables>;
export type SyncTrigger = 'manual' | 'schedule' | 'account';

export interface EndedRun {
  status: 'succeeded' | 'partial' | 'failed';
  /** Of a run that could list nothing at all: the account is not well, whatever one service says in detail. */
  problem: CloudProblem | null;
}

/** A run without an end after so long has lost its jobs (used up, deleted): nothing would ever close it. */
const givenUpAfterMs = 3 * 3_600_000;

/** Starts, lays out and closes runs; the work of a run is its scope jobs. */
export function createRuns(
  platform: Pick<Platform, 'clock' | 'jobs' | 'events'>,
  db: Database<InventoryTables>,
  accounts: AccountsService,
) {
  const { clock, jobs, events } = platform;

  /** Tells open pages that a run moved on. */
  function announce(
    tx: Tx,
    run: { organizationId: string; workspaceId: string; accountId: string; runId: string },
  ): Promise<void> {
    const { organizationId, ...data } = run;
    return events.live.publish(tx, { organizationId, topic: 'inventory.sync', data });
  }

  function announceRow(
    tx: Tx,
    run: { id: string; organization_id: string; workspace_id: string; account_id: string },
  ): Promise<void> {
    return announce(tx, {
      organizationId: run.organization_id,
      workspaceId: run.workspace_id,
      accountId: run.account_id,
      runId: run.id,
    });
  }

  /** Tells other modules that a run ended. */
  function finished(
    tx: Tx,
    run: {
      id: string;
      organization_id: string;
      workspace_id: string;
      account_id: string;
      trigger: SyncTrigger;
    },
    status: EndedRun['status'],
  ): Promise<string> {
    return events.publish(tx, syncFinished, {
      organizationId: run.organization_id,
      runId: run.id,
      accountId: run.account_id,
      workspaceId: run.workspace_id,
      trigger: run.trigger,
      status,
    });
  }

  return {
    announce,

    /**
     * Starts a run of an account. While one is under way, that one is the answer.
     * @throws AppError `conflict` when the account is disabled or inventory is not among its features
     */
    async start(account: AccountFacts, trigger: SyncTrigger): Promise<string> {
      if (!account.enabled) throw new AppError('conflict', `The account ${account.name} is disabled.`);
      if (!account.features.includes('inventory'))
        throw new AppError('conflict', `Inventory is switched off for ${account.name}.`);
      const scope = { organizationId: account.organizationId };
      try {
        return await db.inTenant(scope, async (tx) => {
          const runId = newId();
          await tx
            .insertInto('inventory.sync_run')
            .values({
              organization_id: account.organizationId,
              id: runId,
              workspace_id: account.workspaceId,
              account_id: account.id,
              trigger,
              status: 'running',
              problem: null,
              started_at: clock.now(),
              finished_at: null,
            })
            .execute();
          await jobs.enqueue(tx, startRunJob, {
            organizationId: account.organizationId,
            accountId: account.id,
            runId,
          });
          await announce(tx, {
            organizationId: account.organizationId,
            workspaceId: account.workspaceId,
            accountId: account.id,
            runId,
          });
          return runId;
        });
      } catch (error) {
        if (!violates(error, 'sync_run_open')) throw error;
        const open = await db.inTenant(scope, (tx) =>
          tx
            .selectFrom('inventory.sync_run')
            .select('id')
            .where('account_id', '=', account.id)
            .where('status', '=', 'running')
            .executeTakeFirst(),
        );
        // Finished in between: one more try finds the place free.
        return open?.id ?? this.start(account, trigger);
      }
    },

    /** Proves the account, finds its regions and enqueues one job per service and region. Safe to repeat. */
    async layOut(scope: TenantScope, accountId: string, runId: string, signal: AbortSignal): Promise<void> {
      const account = await accounts.factsOf(scope, accountId);
      let pairs: { service: string; region: string }[];
      try {
        pairs = await accounts.withConnection(scope, accountId, async (connection) => {
          await connection.identity(signal);
          const regions = await connection.regions(signal);
          return connection.services.flatMap((service) =>
            service.scope === 'global'
              ? [{ service: service.id, region: GLOBAL_REGION }]
              : regions.map((region) => ({ service: service.id, region: region.id })),
          );
        });
      } catch (error) {
        if (!(error instanceof CloudError) && !(error instanceof AppError)) throw error;
        const problem = problemOf(error);
        await this.fail(scope, runId, problem);
        if (error instanceof CloudError) await accounts.reportHealth(scope, accountId, problem);
        return;
      }
      await db.inTenant(scope, async (tx) => {
        const run = await lockRun(tx, runId);
        if (run === undefined || run.status !== 'running') return;
        const inserted = await tx
          .insertInto('inventory.sync_scope')
          .values(
            pairs.map((pair) => ({
              organization_id: scope.organizationId,
              run_id: runId,
              ...pair,
              status: 'pending' as const,
            })),
          )
          .onConflict((conflict) => conflict.doNothing())
          .returning(['service', 'region'])
          .execute();
        await jobs.enqueueAll(
          tx,
          scopeJob,
          inserted.map(({ service, region }) => ({
            organizationId: scope.organizationId,
            accountId,
            runId,
            service,
            region,
          })),
        );
        await announce(tx, {
          organizationId: scope.organizationId,
          workspaceId: account.workspaceId,
          accountId,
          runId,
        });
      });
    },

    /** Closes runs that lost their jobs, so that the account can be synchronised again. @returns how many */
    async closeAbandoned(): Promise<number> {
      const before = new Date(clock.now().getTime() - givenUpAfterMs);
      const abandoned = await db.inSystem('find abandoned synchronisation runs', (tx) =>
        tx
          .selectFrom('inventory.sync_run')
          .select(['organization_id', 'id'])
          .where('status', '=', 'running')
          .where('started_at', '<', before)
          .limit(1000)
          .execute(),
      );
      for (const { organization_id: organizationId, id } of abandoned) {
        const problem: CloudProblem = {
          kind: 'unknown',
          message: 'The synchronisation did not come to an end and was given up.',
        };
        await db.inTenant({ organizationId }, (tx) =>
          tx
            .updateTable('inventory.sync_scope')
            .set({ status: 'failed', problems: JSON.stringify([{ type: '*', problem }]) })
            .where('run_id', '=', id)
            .where('status', 'in', ['pending', 'running'])
            .execute(),
        );
        await this.fail({ organizationId }, id, problem);
      }
      return abandoned.length;
    },

    async fail(scope: TenantScope, runId: string, problem: CloudProblem): Promise<void> {
      await db.inTenant(scope, async (tx) => {
        const run = await lockRun(tx, runId);
        if (run === undefined || run.status !== 'running') return;
        await tx
          .updateTable('inventory.sync_run')
          .set({ status: 'failed', problem: JSON.stringify(problem), finished_at: clock.now() })
          .where('id', '=', runId)
          .execute();
        await finished(tx, run, 'failed');
        await announceRow(tx, run);
      });
    },

    /**
     * Writes a scope's end. `closeIfDone` follows in a transaction of its own: the scopes of a run end without
     * waiting for each other, and the one that commits last sees them all ended.
     * @param tell whether open pages hear of it
     */
    async endScope(
      tx: Tx,
      key: { runId: string; service: string; region: string },
      end: {
        failed: boolean;
        problems: ScopeProblem[];
        counts: { count: number; appeared: number; changed: number; vanished: number };
      },
      tell: boolean,
    ): Promise<void> {
      const run = await tx
        .updateTable('inventory.sync_scope as scope')
        .from('inventory.sync_run as run')
        .set({
          status: end.failed ? 'failed' : 'done',
          problems: JSON.stringify(end.problems),
          ...end.counts,
        })
        .whereRef('run.id', '=', 'scope.run_id')
        .where('scope.run_id', '=', key.runId)
        .where('scope.service', '=', key.service)
        .where('scope.region', '=', key.region)
        .where('scope.status', 'in', ['pending', 'running'])
        .returning(['run.organization_id', 'run.workspace_id', 'run.account_id'])
        .executeTakeFirst();
      if (tell && run !== undefined) await announceRow(tx, { id: key.runId, ...run });
    },

    /** Closes a run whose scopes have all ended. @returns how it ended, if it ended here */
    async closeIfDone(tx: Tx, runId: string): Promise<EndedRun | null> {
      const { open, failed, troubled, total } = await tx
        .selectFrom('inventory.sync_scope')
        .select([
          sql<string>`count(*) filter (where status in ('pending', 'running'))`.as('open'),
          sql<string>`count(*) filter (where status = 'failed')`.as('failed'),
          sql<string>`count(*) filter (where problems <> '[]')`.as('troubled'),
          sql<string>`count(*)`.as('total'),
        ])
        .where('run_id', '=', runId)
        .executeTakeFirstOrThrow();
      if (open !== '0' || total === '0') return null;
      const run = await lockRun(tx, runId);
      if (run === undefined || run.status !== 'running') return null;
      const status: EndedRun['status'] =
        failed === total ? 'failed' : troubled === '0' ? 'succeeded' : 'partial';
      await tx
        .updateTable('inventory.sync_run')
        .set({ status, finished_at: clock.now() })
        .where('id', '=', runId)
        .execute();
      await finished(tx, run, status);
      await announceRow(tx, run);
      return { status, problem: status === 'failed' ? await firstProblem(tx, runId) : null };
    },
  };
}

async function firstProblem(tx: Tx, runId: string): Promise<CloudProblem | null> {
  const row = await tx
    .selectFrom('inventory.sync_scope')
    .select('problems')
    .where('run_id', '=', runId)
    .where(sql<boolean>`problems <> '[]'`)
    .orderBy('service')
    .orderBy('region')
    .executeTakeFirst();
  return row?.problems[0]?.problem ?? null;
}

function lockRun(tx: Tx, runId: string) {
  return tx
    .selectFrom('inventory.sync_run')
    .selectAll()
    .where('id', '=', runId)
    .forUpdate()
    .executeTakeFirst();
}

/** Any error as a storable problem. */
export function problemOf(error: unknown): CloudProblem {
  if (error instanceof CloudError) return error.problem;
  return {
    kind: 'unknown',
    message: error instanceof AppError ? error.message : `Internal: ${messageOf(error)}`.slice(0, 300),
  };
}
