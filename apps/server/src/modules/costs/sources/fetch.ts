import type { Connection } from '@cloudatlas/cloud/contract';
import { CloudError } from '@cloudatlas/cloud/errors';
import { loadProvider } from '@cloudatlas/cloud/registry';
import type {
  CostAnswer,
  CostDimension,
  CostExport,
  CostExportLocation,
} from '@cloudatlas/cloud/observations';
import type { Selectable } from 'kysely';
import { Readable } from 'node:stream';
import type { z } from 'zod';
import type { AccountFacts, AccountsService } from '#modules/accounts/index.ts';
import type { Database } from '#platform/db/database.ts';
import { AppError } from '#platform/errors/app-error.ts';
import type { JobContext } from '#platform/jobs/jobs.ts';
import type { Platform } from '#platform/module.ts';
import type { Imports } from '../imports/imports.ts';
import { fetchJob } from '../jobs.ts';
import { sumDecimals } from '../lake/money.ts';
import { addDays, addMonths } from '../query/question.ts';
import type { WorkspaceRef } from '../scope-of.ts';
import type { Data } from '../store/data.ts';
import type { CostsTables, SourceTable } from '../tables.ts';
import { costServiceCsv } from './cost-service-csv.ts';
import type { SourceStates } from './states.ts';

/** How far back the first question to a cost service goes, in whole months before the running one. */
const firstMonths = 12;
/** A delivery that has received nothing for so long was left by a process that died. */
const abandonedAfterMs = 15 * 60_000;
/** A fetch that finds an import of its account under way tries again after so long. */
const afterImportMs = 60_000;
/** What every cost service can group by. */
const summaryGroups: readonly CostDimension[] = ['service', 'region'];
const lastAttempt = (fetchJob.retryLimit ?? 3) + 1;
const system = { actor: { kind: 'system', id: null, label: 'CloudAtlas' } } as const;

/**
 * Fetches what a connected account delivers and hands it to imports: from the provider's cost service the months that
 * can still change, from an export every delivery that is newer than the one imported.
 */
export function createFetch(
  platform: Pick<Platform, 'clock' | 'jobs'>,
  db: Database<CostsTables>,
  data: Data,
  accounts: AccountsService,
  imports: Imports,
  states: SourceStates,
) {
  const { clock, jobs } = platform;

  return async function fetch(
    { organizationId, accountId, tidyOnly }: z.infer<typeof fetchJob.schema>,
    { signal, attempt }: Pick<JobContext, 'signal' | 'attempt'>,
  ): Promise<void> {
    if (tidyOnly === true) return tidy({ organizationId }, accountId);
    const source = await begin({ organizationId }, accountId);
    if (source === undefined) return;
    const scope = { organizationId, workspaceId: source.workspace_id };
    try {
      const account = await accounts.factsOf(scope, accountId);
      await accounts.withConnection(scope, accountId, async (connection) => {
        if (source.mode === 'query') await ask(scope, account, connection, signal);
        else if (source.location !== null)
          await collect(scope, account, source, source.location, connection, signal);
      });
    } catch (error) {
      const told =
        error instanceof CloudError
          ? error.problem
          : error instanceof AppError
            ? { kind: 'unknown' as const, message: error.message }
            : undefined;
      const again = !(error instanceof AppError) && !(error instanceof CloudError && !error.retryable);
      if (signal.aborted || (again && attempt < lastAttempt)) throw error;
      await db.inTenant(scope, (tx) =>
        states.problem(
          tx,
          scope,
          accountId,
          told ?? {
            kind: 'unknown',
            message: 'The costs could not be fetched for a reason that lies with the server.',
          },
        ),
      );
      if (told === undefined) throw error;
    }
  };

  /** Months that one way of fetching has brought count once, however the others named their billing account. */
  async function tidy(scope: { organizationId: string }, accountId: string): Promise<void> {
    const source = await db.inTenant(scope, (tx) =>
      tx
        .selectFrom('costs.source')
        .select(['mode', 'workspace_id'])
        .where('account_id', '=', accountId)
        .executeTakeFirst(),
    );
    if (source === undefined || source.mode === 'off') return;
    await dropOtherWays({ ...scope, workspaceId: source.workspace_id }, accountId, source.mode);
  }

  /** @returns undefined when there is nothing to do, or an import of the account is still under way */
  async function begin(
    scope: { organizationId: string },
    accountId: string,
  ): Promise<Selectable<SourceTable> | undefined> {
    return db.inTenant(scope, async (tx) => {
      const open = await tx
        .selectFrom('costs.import')
        .select(['status', 'changed_at'])
        .where('account_id', '=', accountId)
        .where('status', 'in', ['receiving', 'queued', 'running'])
        .orderBy('changed_at', 'desc')
        .executeTakeFirst();
      const abandoned = new Date(clock.now().getTime() - abandonedAfterMs);
      if (open !== undefined && (open.status !== 'receiving' || open.changed_at > abandoned)) {
        // Another fetch is at it, or was killed: in the second case this one comes back for the rest. What is being read
        // in already was asked for before whatever this fetch is about, a changed price say: it comes back after it.
        await jobs.enqueue(
          tx,
          fetchJob,
          { organizationId: scope.organizationId, accountId },
          {
            runAt: new Date(
              clock.now().getTime() + (open.status === 'receiving' ? abandonedAfterMs : afterImportMs),
            ),
            singletonKey: `${accountId} later`,
          },
        );
        return undefined;
      }
      // What a killed fetch left half received is begun anew.
      await tx
        .updateTable('costs.import')
        .set({ status: 'cancelled', finished_at: clock.now() })
        .where('account_id', '=', accountId)
        .where('status', '=', 'receiving')
        .execute();
      const source = await tx
        .updateTable('costs.source')
        .set({ status: 'running' })
        .where('account_id', '=', accountId)
        .where('mode', '!=', 'off')
        .returningAll()
        .executeTakeFirst();
      if (source !== undefined)
        await states.announce(tx, { ...scope, workspaceId: source.workspace_id }, accountId);
      return source;
    });
  }

  /**
   * The light way: daily sums by service and region, and by resource where the cost service tells it. Months are
   * replaced whole, so the running one and the one before it.
   */
  async function ask(
    scope: WorkspaceRef,
    account: AccountFacts,
    connection: Connection,
    signal: AbortSignal,
  ): Promise<void> {
    const today = clock.now().toISOString().slice(0, 10);
    const thisMonth = `${today.slice(0, 7)}-01`;
    const known = await db.inTenant(scope, (tx) =>
      tx
        .selectFrom('costs.partition')
        .select('version')
        .where('workspace_id', '=', scope.workspaceId)
        .where('source_account_id', '=', account.id)
        .limit(1)
        .executeTakeFirst(),
    );
    const first = addMonths(thisMonth, known === undefined ? -firstMonths : -1);
    const created = await imports.create(scope, system, {
      origin: 'query',
      account,
      onExisting: 'replace',
      reading: { decimalComma: false },
      force: false,
    });
    const { billName } = await loadProvider(account.provider);
    const charged: { amount: string; currency: string }[] = [];
    let rows = 0;
    for (let month = first; month <= thisMonth; month = addMonths(month, 1)) {
      signal.throwIfAborted();
      const end = addMonths(month, 1);
      const to = end > today ? addDays(today, 1) : end;
      const { answer, groups } = await daysOf(connection, { from: month, to, signal });
      if (answer.queryCost !== undefined) charged.push(answer.queryCost);
      const wanted = answer.rows.filter((row) => !/^-?0(\.0+)?$/.test(row.amount));
      rows += wanted.length;
      if (wanted.length > 0)
        await imports.receive(
          scope,
          created.id,
          `${month.slice(0, 7)}.csv`,
          { offset: 0 },
          Readable.from([Buffer.from(costServiceCsv(account, billName, groups, wanted))]),
        );
    }
    const currency = charged[0]?.currency;
    if (currency !== undefined) {
      const cost = {
        currency,
        amount: sumDecimals(charged.filter((c) => c.currency === currency).map((c) => c.amount)),
      };
      await db.inTenant(scope, (tx) =>
        tx
          .updateTable('costs.source')
          .set({ query_cost: JSON.stringify(cost) })
          .where('account_id', '=', account.id)
          .execute(),
      );
    }
    if (rows > 0) await imports.start(scope, system, created.id);
    else {
      await imports.remove(scope, system, created.id);
      await db.inTenant(scope, (tx) => states.ok(tx, scope, account.id));
    }
  }

  /** A span by day as finely as the cost service can, or by service and region where that is more than it hands out. */
  async function daysOf(
    connection: Connection,
    span: { readonly from: string; readonly to: string; readonly signal: AbortSignal },
  ): Promise<{ answer: CostAnswer; groups: readonly CostDimension[] }> {
    const ask = async (groups: readonly CostDimension[]) => ({
      groups,
      answer: await connection.costs({
        ...span,
        granularity: 'daily',
        groupBy: groups.map((by) => ({ by })),
      }),
    });
    try {
      return await ask(connection.costGroups ?? summaryGroups);
    } catch (error) {
      if (!(error instanceof CloudError) || error.kind !== 'truncated' || connection.costGroups === undefined)
        throw error;
      return ask(summaryGroups);
    }
  }

  /** The whole way: every delivery of a FOCUS export that is not in yet, oldest month first. */
  async function collect(
    scope: WorkspaceRef,
    account: AccountFacts,
    source: Selectable<SourceTable>,
    location: CostExportLocation,
    connection: Connection,
    signal: AbortSignal,
  ): Promise<void> {
    const found = await connection.costExports(location, signal);
    const focus = found.filter((delivery) => delivery.format === 'focus');
    // Beside FOCUS a Cost and Usage Report of the same bill says nothing more; alone it is read in its stead.
    const usable = focus.length > 0 ? focus : found.filter((delivery) => delivery.format === 'cur2');
    if (usable.length === 0) {
      const message =
        found.length === 0
          ? 'There is no delivery of a cost export in this place yet.'
          : 'The exports in this place are neither in FOCUS nor in CUR 2.0 columns. Create a data export of one of these kinds beside them, or choose the cost service.';
      await db.inTenant(scope, (tx) => states.problem(tx, scope, account.id, { kind: 'not_found', message }));
      return;
    }
    const fresh = usable.filter(
      (delivery) => delivery.files.length > 0 && source.delivered[delivery.id] !== delivery.updatedAt,
    );
    if (fresh.length === 0) {
      await dropOtherWays(scope, account.id, 'export');
      await db.inTenant(scope, (tx) => states.ok(tx, scope, account.id));
      return;
    }
    // Several exports into one place would count twice: the newest one's name counts.
    const name = usable.toSorted((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1))[0]?.name;
    for (const delivery of fresh.filter((one) => one.name === name))
      await receive(scope, account, location, delivery, connection, signal);
  }

  async function receive(
    scope: WorkspaceRef,
    account: AccountFacts,
    location: CostExportLocation,
    delivery: CostExport,
    connection: Connection,
    signal: AbortSignal,
  ): Promise<void> {
    const created = await imports.create(scope, system, {
      origin: 'export',
      account,
      onExisting: 'replace',
      reading: {
        decimalComma: false,
        ids: {
          ignoreCase: connection.idsIgnoreCase ?? false,
          account: { id: account.nativeId, billedAs: connection.billedAs ?? [] },
        },
      },
      force: false,
      delivery: { [delivery.id]: delivery.updatedAt },
    });
    for (const [index, file] of delivery.files.entries()) {
      signal.throwIfAborted();
      const body = await connection.readCostExport(location, file.key, signal);
      const label = `${delivery.period}-${index}-${file.key.split('/').at(-1) ?? 'file'}`.slice(-180);
      await imports.receive(
        scope,
        created.id,
        label,
        { offset: 0, ...(file.bytes > 0 ? { total: file.bytes } : {}) },
        Readable.from(body),
      );
    }
    await imports.start(scope, system, created.id);
  }

  /** Months that now come another way must not count twice under another billing account. */
  async function dropOtherWays(
    scope: WorkspaceRef,
    accountId: string,
    origin: 'query' | 'export',
  ): Promise<void> {
    const rows = await db.inTenant(scope, (tx) =>
      tx
        .selectFrom('costs.partition')
        .select(['billing_period', 'billing_account_id', 'version', 'origin'])
        .where('workspace_id', '=', scope.workspaceId)
        .where('source_account_id', '=', accountId)
        .execute(),
    );
    const covered = new Set(rows.filter((row) => row.origin === origin).map((row) => row.billing_period));
    const stale = rows.filter((row) => row.origin !== origin && covered.has(row.billing_period));
    if (stale.length === 0) return;
    const manifest = data.manifest(scope);
    const keys = stale.map((row) => ({
      organizationId: scope.organizationId,
      billingPeriod: row.billing_period,
      billingAccountId: row.billing_account_id,
    }));
    const work = await manifest.begin(scope.organizationId);
    await manifest.commit(work, {
      organizationId: scope.organizationId,
      put: [],
      drop: keys,
      files: [],
      expect: stale.map((row, i) => ({ ...(keys[i] as (typeof keys)[number]), version: row.version })),
    });
  }
}
