import type { Provider } from '@cloudatlas/cloud/contract';
import { CloudError } from '@cloudatlas/cloud/errors';
import { loadProvider } from '@cloudatlas/cloud/registry';
import { GLOBAL_REGION, type Resource } from '@cloudatlas/cloud/resource';
import type { AccountFacts, AccountsService } from '#modules/accounts/index.ts';
import { ownTables, type AnyTenantTx, type Database, type TenantTx } from '#platform/db/database.ts';
import { AppError } from '#platform/errors/app-error.ts';
import type { JobContext } from '#platform/jobs/jobs.ts';
import type { Platform } from '#platform/module.ts';
import type { z } from 'zod';
import type { InventoryTables, ScopeProblem } from '../tables.ts';
import { scopeJob } from './jobs.ts';
import { problemOf, type createRuns } from './runs.ts';
import { ScopeWriter } from './writer.ts';

/** Rows per transaction: small enough that nobody waits for it, large enough that its cost vanishes. */
const batchSize = 500;
/** How often open pages are told of a run's progress, in milliseconds; they are always told of its end. */
const tellEveryMs = 250;
const lastAttempt = (scopeJob.retryLimit ?? 3) + 1;

/** A run of which this process works on some scopes. */
interface RunUnderWay {
  scopes: number;
  /** When pages were last told of it from here. */
  toldAt: number;
}

/**
 * Lists one service in one region and brings the inventory to it. What the provider refuses is written on the scope
 * and leaves everything else alone; a kill leaves whole batches, and the job runs again.
 */
export function createScopeSync(
  platform: Pick<Platform, 'clock'>,
  db: Database<InventoryTables>,
  accounts: AccountsService,
  runs: ReturnType<typeof createRuns>,
) {
  const { clock } = platform;
  const underWay = new Map<string, RunUnderWay>();

  return async function syncScope(
    payload: z.infer<typeof scopeJob.schema>,
    context: Pick<JobContext, 'signal' | 'attempt'>,
  ): Promise<void> {
    const { runId } = payload;
    const run = underWay.get(runId) ?? { scopes: 0, toldAt: 0 };
    underWay.set(runId, run);
    run.scopes += 1;
    try {
      await bringUp(payload, context, run);
    } finally {
      run.scopes -= 1;
      if (run.scopes === 0) underWay.delete(runId);
    }
    // Those end after this one's end was committed and look then; one that is killed looks when its job runs again.
    if (run.scopes > 0) return;
    const scope = { organizationId: payload.organizationId };
    const ended = await db.inTenant(scope, (tx) => runs.closeIfDone(tx, runId));
    if (ended === null) return;
    await accounts.reportHealth(scope, payload.accountId, ended.problem).catch((error: unknown) => {
      // Disconnected meanwhile.
      if (!(error instanceof AppError)) throw error;
    });
  };

  /** Lists, writes and ends one scope; a scope that had ended already is left alone. */
  async function bringUp(
    payload: z.infer<typeof scopeJob.schema>,
    { signal, attempt }: Pick<JobContext, 'signal' | 'attempt'>,
    run: RunUnderWay,
  ): Promise<void> {
    const scope = { organizationId: payload.organizationId };
    const problems: ScopeProblem[] = [];
    let writer: ScopeWriter | undefined;
    let failed = false;
    try {
      const open = (tx: AnyTenantTx, account: AccountFacts): Promise<ScopeWriter | undefined> =>
        begin(ownTables(tx), payload, account);
      await accounts.withConnectionAfter(
        scope,
        payload.accountId,
        open,
        async (connection, _account, opened) => {
          // A kill between a scope's end and its run's: there is only the run to close.
          if (opened === undefined) return;
          writer = opened;
          for await (const event of connection.list({
            service: payload.service,
            region: payload.region,
            signal,
          })) {
            if (event.kind === 'batch') await writeBatch(scope, opened, event.resources);
            else if (event.complete) {
              // Most listings miss nothing: no transaction then.
              if (opened.misses(event.type))
                await db.inTenant(scope, (tx) => opened.markVanished(tx, event.type, clock.now()));
            } else
              problems.push({
                type: event.type,
                problem: event.problem ?? { kind: 'unknown', message: 'The listing was cut short.' },
              });
          }
          const types =
            connection.services.find((service) => service.id === payload.service)?.resourceTypes.length ?? 0;
          failed = types > 0 && problems.length === types;
        },
      );
    } catch (error) {
      const final = error instanceof CloudError || error instanceof AppError || attempt >= lastAttempt;
      // A database or process fault: the queue runs the job again.
      if (!final || signal.aborted) throw error;
      failed = true;
      problems.push({ type: '*', problem: problemOf(error) });
    }
    const counts = writer?.counts ?? { count: 0, appeared: 0, changed: 0, vanished: 0 };
    const now = clock.now().getTime();
    const tell = now - run.toldAt >= tellEveryMs;
    if (tell) run.toldAt = now;
    await db.inTenant(scope, (tx) => runs.endScope(tx, payload, { failed, problems, counts }, tell));
  }

  /** @returns undefined when the scope has ended already or its run is gone */
  async function begin(
    tx: TenantTx<InventoryTables>,
    payload: z.infer<typeof scopeJob.schema>,
    account: AccountFacts,
  ): Promise<ScopeWriter | undefined> {
    const updated = await tx
      .updateTable('inventory.sync_scope')
      .set({ status: 'running' })
      .where('run_id', '=', payload.runId)
      .where('service', '=', payload.service)
      .where('region', '=', payload.region)
      .where('status', 'in', ['pending', 'running'])
      .executeTakeFirst();
    if (updated.numUpdatedRows === 0n) return undefined;
    const found = {
      organizationId: payload.organizationId,
      workspaceId: account.workspaceId,
      accountId: payload.accountId,
      provider: account.provider,
      service: payload.service,
      categories: categoriesOf(await loadProvider(account.provider)),
    };
    return ScopeWriter.open(tx, found, payload.region === GLOBAL_REGION ? null : payload.region);
  }

  async function writeBatch(
    scope: { organizationId: string },
    writer: ScopeWriter,
    resources: readonly Resource[],
  ): Promise<void> {
    const differing = writer.differing(resources);
    for (let start = 0; start < differing.length; start += batchSize) {
      await db.inTenant(scope, (tx) =>
        writer.write(tx, differing.slice(start, start + batchSize), clock.now()),
      );
    }
  }
}

function categoriesOf(provider: Provider): Map<string, string> {
  return new Map(
    provider.services.flatMap((service) =>
      service.resourceTypes.map((type) => [type.id, type.category] as const),
    ),
  );
}
