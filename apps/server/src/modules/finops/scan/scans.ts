import type { Scan } from '@cloudatlas/contracts/finops';
import { sql, type Selectable } from 'kysely';
import type { AccountFacts, AccountsService } from '#modules/accounts/index.ts';
import type { CostsService } from '#modules/costs/index.ts';
import type { Estate } from '#modules/inventory/index.ts';
import { violates, type AnyTx, type Database, type TenantTx } from '#platform/db/database.ts';
import { AppError, invalidField, notFound } from '#platform/errors/app-error.ts';
import { isId, newId } from '#platform/ids/ids.ts';
import type { Platform } from '#platform/module.ts';
import { decodeCursor, toPage } from '#platform/paging/cursor.ts';
import { scanFinished } from '../events.ts';
import type { WorkspaceRef } from '../scope-of.ts';
import { defaultSettings, type Settings } from '../settings/settings.ts';
import type { FinopsTables, ScanTable } from '../tables.ts';
import { scanAccountJob } from './jobs.ts';

type Tx = TenantTx<FinopsTables>;
export type ScanTrigger = ScanTable['trigger'];

/** A share of a scan without a sign of life for so long has lost its job. */
const givenUpAfterMs = 2 * 3_600_000;
const keptDays = 90;
const hourMs = 3_600_000;

/** Starts, shows and closes scans; the work of a scan is one job per account. */
export function createScans(
  platform: Pick<Platform, 'clock' | 'jobs' | 'events'>,
  db: Database<FinopsTables>,
  needs: { accounts: AccountsService; costs: CostsService; estate: Estate; settings: Settings },
) {
  const { clock, jobs, events } = platform;
  const { accounts, costs, estate, settings } = needs;

  function announce(tx: AnyTx, scope: WorkspaceRef, scanId: string): Promise<void> {
    const { organizationId, workspaceId } = scope;
    return events.live.publish(tx, { organizationId, topic: 'finops.scan', data: { workspaceId, scanId } });
  }

  async function open(scope: WorkspaceRef): Promise<string | undefined> {
    const row = await db.inTenant(scope, (tx) =>
      tx
        .selectFrom('finops.scan')
        .select('id')
        .where('workspace_id', '=', scope.workspaceId)
        .where('status', '=', 'running')
        .executeTakeFirst(),
    );
    return row?.id;
  }

  /**
   * Starts a scan of a workspace; one under way is the answer.
   * @returns its id
   * @throws AppError `conflict` when no account can be scanned
   */
  async function start(scope: WorkspaceRef, trigger: ScanTrigger): Promise<string> {
    const scanned = (await accounts.listFacts(scope, scope.workspaceId)).filter(isScanned);
    if (scanned.length === 0) throw new AppError('conflict', 'There is no account to scan.');
    const costsThrough = await costs.money.completeThrough(scope);
    const now = clock.now();
    try {
      return await db.inTenant(scope, async (tx) => {
        const scanId = newId();
        await tx
          .insertInto('finops.scan')
          .values({
            organization_id: scope.organizationId,
            id: scanId,
            workspace_id: scope.workspaceId,
            trigger,
            status: 'running',
            message: null,
            costs_through: costsThrough,
            started_at: now,
            finished_at: null,
          })
          .execute();
        await tx
          .insertInto('finops.scan_account')
          .values(
            scanned.map((account) => ({
              organization_id: scope.organizationId,
              scan_id: scanId,
              account_id: account.id,
              status: 'pending' as const,
              message: null,
              updated_at: now,
            })),
          )
          .execute();
        for (const account of scanned)
          await jobs.enqueue(tx, scanAccountJob, { ...refOf(scope), scanId, accountId: account.id });
        await announce(tx, scope, scanId);
        return scanId;
      });
    } catch (error) {
      if (!violates(error, 'scan_open')) throw error;
      // Finished in between: one more try finds the place free.
      return (await open(scope)) ?? start(scope, trigger);
    }
  }

  /** Ends the scan when the last account's share has ended. The caller has locked the scan's row. */
  async function closeIfDone(tx: Tx, scope: WorkspaceRef, scanId: string): Promise<void> {
    const shares = await tx
      .selectFrom('finops.scan_account')
      .select(['status', 'message'])
      .where('scan_id', '=', scanId)
      .execute();
    if (shares.some(({ status }) => status !== 'done' && status !== 'failed')) {
      await announce(tx, scope, scanId);
      return;
    }
    const failed = shares.filter(({ status }) => status === 'failed').length;
    const messages = [...new Set(shares.flatMap(({ message }) => message ?? []))];
    const incomplete = messages.length > 0 ? 'partial' : 'succeeded';
    const status = shares.length > 0 && failed === shares.length ? 'failed' : incomplete;
    await tx
      .updateTable('finops.scan')
      .set({ status, message: messages.join(' ').slice(0, 1000) || null, finished_at: clock.now() })
      .where('id', '=', scanId)
      .execute();
    await events.publish(tx, scanFinished, { ...refOf(scope), scanId, status });
    await announce(tx, scope, scanId);
  }

  /** Locks a running scan, so that its last two accounts do not end past each other; undefined when it has ended. */
  function lock(tx: Tx, scanId: string) {
    return (
      tx
        .selectFrom('finops.scan')
        .select(['id', 'workspace_id'])
        .where('id', '=', scanId)
        .where('status', '=', 'running')
        // What other accounts stage refers to this row and must not wait.
        .forNoKeyUpdate()
        .executeTakeFirst()
    );
  }

  return {
    start,
    open,
    announce,
    lock,
    closeIfDone,

    /** Whether costs are to come and none have yet. */
    async awaitsBill(scope: WorkspaceRef): Promise<boolean> {
      const connected = await accounts.listFacts(scope, scope.workspaceId);
      return (
        connected.some((account) => account.enabled && account.features.includes('costs')) &&
        (await costs.money.completeThrough(scope)) === null
      );
    },

    /** Gives up an account's share. */
    async fail(scope: WorkspaceRef, scanId: string, accountId: string, message: string): Promise<void> {
      await db.inTenant(scope, async (tx) => {
        if ((await lock(tx, scanId)) === undefined) return;
        await tx
          .updateTable('finops.scan_account')
          .set({ status: 'failed', message: message.slice(0, 500), updated_at: clock.now() })
          .where('scan_id', '=', scanId)
          .where('account_id', '=', accountId)
          .where('status', 'not in', ['done', 'failed'])
          .execute();
        await tx
          .deleteFrom('finops.found')
          .where('scan_id', '=', scanId)
          .where('account_id', '=', accountId)
          .execute();
        await closeIfDone(tx, scope, scanId);
      });
    },

    /** Closes what lost its jobs (used up, account removed), so that the workspace can be scanned again. @returns how many */
    async closeAbandoned(): Promise<number> {
      const before = new Date(clock.now().getTime() - givenUpAfterMs);
      const abandoned = await db.inSystem('find abandoned scans', (tx) =>
        tx
          .selectFrom('finops.scan')
          .select(['organization_id', 'workspace_id', 'id'])
          .where('status', '=', 'running')
          .where('started_at', '<', before)
          .where((eb) =>
            eb.not(
              eb.exists(
                eb
                  .selectFrom('finops.scan_account')
                  .select(sql`1`.as('one'))
                  .whereRef('finops.scan_account.scan_id', '=', 'finops.scan.id')
                  .where('finops.scan_account.updated_at', '>=', before),
              ),
            ),
          )
          .limit(1000)
          .execute(),
      );
      for (const row of abandoned) {
        const scope = { organizationId: row.organization_id, workspaceId: row.workspace_id };
        await db.inTenant(scope, async (tx) => {
          if ((await lock(tx, row.id)) === undefined) return;
          await tx
            .updateTable('finops.scan_account')
            .set({
              status: 'failed',
              message: 'The scan did not come to an end and was given up.',
              updated_at: clock.now(),
            })
            .where('scan_id', '=', row.id)
            .where('status', 'not in', ['done', 'failed'])
            .execute();
          await tx.deleteFrom('finops.found').where('scan_id', '=', row.id).execute();
          await closeIfDone(tx, scope, row.id);
        });
      }
      return abandoned.length;
    },

    /** Starts the recurring scans whose time has come. */
    async startDue(onRefusal: (scope: WorkspaceRef, error: AppError) => void): Promise<void> {
      const rhythms = await settings.rhythms();
      const byWorkspace = Map.groupBy(
        (await accounts.listEnabled()).filter(isScanned),
        (account) => account.workspaceId,
      );
      for (const [workspaceId, [account]] of byWorkspace) {
        if (account === undefined) continue;
        const scope = { organizationId: account.organizationId, workspaceId };
        const hours = rhythms.has(scope.organizationId)
          ? (rhythms.get(scope.organizationId) ?? null)
          : defaultSettings.scanEveryHours;
        if (hours === null || !(await isDue(scope, byWorkspace.get(workspaceId) ?? [], hours))) continue;
        try {
          await start(scope, 'schedule');
        } catch (error) {
          if (!(error instanceof AppError)) throw error;
          onRefusal(scope, error);
        }
      }
    },

    async forgetOld(): Promise<void> {
      const before = new Date(clock.now().getTime() - keptDays * 24 * hourMs);
      await db.inSystem('forget old scans', (tx) =>
        tx
          .deleteFrom('finops.scan')
          .where('started_at', '<', before)
          .where('status', '!=', 'running')
          .execute(),
      );
    },

    /** Newest first. */
    async list(scope: WorkspaceRef, page: { cursor?: string | undefined; limit: number }) {
      const rows = await db.inTenant(scope, (tx) => {
        let select = scans(tx)
          .where('scan.workspace_id', '=', scope.workspaceId)
          .orderBy('scan.id', 'desc')
          .limit(page.limit + 1);
        if (page.cursor !== undefined) {
          const [before = ''] = decodeCursor(page.cursor, 1);
          if (!isId(before)) throw invalidField('query.cursor', 'is not a cursor of this list');
          select = select.where('scan.id', '<', before);
        }
        return select.execute();
      });
      const { items, nextCursor } = toPage(rows, page.limit, (row) => [row.id]);
      return { items: items.map(present), nextCursor };
    },

    /** @throws AppError `not_found` */
    async get(scope: WorkspaceRef, scanId: string): Promise<Scan> {
      const row = isId(scanId)
        ? await db.inTenant(scope, (tx) =>
            scans(tx)
              .where('scan.workspace_id', '=', scope.workspaceId)
              .where('scan.id', '=', scanId)
              .executeTakeFirst(),
          )
        : undefined;
      if (row === undefined) throw notFound('The scan');
      return present(row);
    },
  };

  /** Its hours are over, or there is a bill now and was none; never before there is an inventory. */
  async function isDue(scope: WorkspaceRef, scanned: readonly AccountFacts[], hours: number) {
    const last = await db.inTenant(scope, (tx) =>
      tx
        .selectFrom('finops.scan')
        .select(['status', 'started_at', 'costs_through'])
        .where('workspace_id', '=', scope.workspaceId)
        .orderBy('id', 'desc')
        .limit(1)
        .executeTakeFirst(),
    );
    if (last?.status === 'running') return false;
    if (last === undefined) {
      for (const account of scanned) if ((await estate.coverage(scope, account.id)) !== null) return true;
      return false;
    }
    if (clock.now().getTime() - last.started_at.getTime() >= hours * hourMs) return true;
    return last.costs_through === null && (await costs.money.completeThrough(scope)) !== null;
  }
}

export type Scans = ReturnType<typeof createScans>;

function isScanned(account: AccountFacts): boolean {
  return account.enabled && account.features.includes('inventory');
}

function refOf({ organizationId, workspaceId }: WorkspaceRef): WorkspaceRef {
  return { organizationId, workspaceId };
}

function scans(tx: Tx) {
  return tx
    .selectFrom('finops.scan as scan')
    .selectAll('scan')
    .select((eb) =>
      eb
        .selectFrom('finops.scan_account as share')
        .whereRef('share.scan_id', '=', 'scan.id')
        .select(
          sql<Share[]>`coalesce(jsonb_agg(jsonb_build_object(
            'status', share.status, 'done', share.done, 'total', share.total, 'examined', share.examined,
            'found', share.found, 'opened', share.opened, 'expired', share.expired)), '[]')`.as('shares'),
        )
        .as('shares'),
    );
}

interface Share {
  status: 'pending' | 'metrics' | 'rules' | 'done' | 'failed';
  done: number;
  total: number;
  examined: number;
  found: number;
  opened: number;
  expired: number;
}

function present(row: Selectable<ScanTable> & { shares: Share[] | null }): Scan {
  const shares = row.shares ?? [];
  const open = shares.filter(({ status }) => status !== 'done' && status !== 'failed');
  const early = open.filter(({ status }) => status !== 'rules');
  const phase = early.length > 0 ? 'metrics' : 'rules';
  const working = early.length > 0 ? early : open;
  const total = (
    of: readonly Share[],
    member: 'done' | 'total' | 'examined' | 'found' | 'opened' | 'expired',
  ) => of.reduce((sum, share) => sum + share[member], 0);
  const ended = row.status !== 'running';
  return {
    id: row.id,
    trigger: row.trigger,
    status: row.status,
    phase: ended ? 'done' : phase,
    done: ended ? total(shares, 'examined') : total(working, 'done'),
    total: ended ? total(shares, 'examined') : total(working, 'total'),
    examined: total(shares, 'examined'),
    found: total(shares, 'found'),
    opened: total(shares, 'opened'),
    expired: total(shares, 'expired'),
    message: row.message,
    startedAt: row.started_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
  };
}
