import { createHash } from 'node:crypto';
import type { CloudAccount } from '@cloudatlas/contracts/accounts';
import type { Connection, Credentials } from '@cloudatlas/cloud/contract';
import type { CloudProblem } from '@cloudatlas/cloud/errors';
import type { Feature, PermissionFinding } from '@cloudatlas/cloud/permissions';
import type { Selectable } from 'kysely';
import type { AuditActor, AuditService } from '#modules/audit/index.ts';
import type { Database, TenantScope, TenantTx } from '#platform/db/database.ts';
import { AppError, invalidField, notFound } from '#platform/errors/app-error.ts';
import { isId, newId } from '#platform/ids/ids.ts';
import type { Platform } from '#platform/module.ts';
import { decodeCursor, toPage } from '#platform/paging/cursor.ts';
import { lockOrganization, requireRoom } from '#modules/tenancy/index.ts';
import type { ConnectionCache } from './connection-cache.ts';
import type { Connections } from './connections.ts';
import { accountChanged, accountRemoved } from './events.ts';
import { attempt } from './services/attempts.ts';
import { factsFrom, named, present } from './services/present.ts';
import { healthOf, probeConnection, problemIn, type Probe } from './services/check.ts';
import type { AccountsTables, CloudAccountTable } from './tables.ts';

/** A connected account without its secrets, as other modules know it. */
export interface AccountFacts {
  id: string;
  organizationId: string;
  workspaceId: string;
  provider: string;
  name: string;
  nativeId: string;
  enabled: boolean;
  features: Feature[];
}

/** What other modules may do with cloud accounts. */
export interface AccountsService {
  /** Enabled and disabled accounts of a workspace, by name. At most 500. */
  listFacts(scope: TenantScope, workspaceId: string): Promise<AccountFacts[]>;
  /** Every enabled account of the installation, for schedulers. */
  listEnabled(): Promise<AccountFacts[]>;
  /** @throws AppError `not_found` */
  factsOf(scope: TenantScope, accountId: string): Promise<AccountFacts>;
  /**
   * Runs `work` with a connection to the account; connections are shared and closed when idle.
   * @throws AppError `not_found`, or `conflict` when the account is disabled
   */
  withConnection<R>(
    scope: TenantScope,
    accountId: string,
    work: (connection: Connection, account: AccountFacts) => Promise<R>,
  ): Promise<R>;
  /** Writes down how talking to the account went; null when it went well, which ends `failing`. */
  reportHealth(scope: TenantScope, accountId: string, problem: CloudProblem | null): Promise<void>;
  /** What the stored credentials may do, as found out when they were last tried. @throws AppError `not_found` */
  permissionsOf(scope: TenantScope, accountId: string): Promise<PermissionFinding[]>;
  /** Connects an account for a seed or command. @returns its id */
  connectAccount(scope: WorkspaceRef, actor: Acting, input: ConnectInput): Promise<CloudAccount>;
}

/** Who asks, for the audit log. */
export interface Acting {
  actor: AuditActor;
  ip?: string;
  requestId?: string;
}

export interface WorkspaceRef extends TenantScope {
  workspaceId: string;
}

export interface ConnectInput {
  provider: string;
  name: string;
  endpoint?: string | undefined;
  credentials: Credentials;
  features: Feature[];
  signal: AbortSignal;
}

type Row = Selectable<CloudAccountTable>;
type Tx = TenantTx<AccountsTables>;

export function createAccounts(
  platform: Pick<Platform, 'clock' | 'events' | 'log'>,
  db: Database<AccountsTables>,
  audit: AuditService,
  connections: Connections,
  cache: ConnectionCache,
) {
  const { clock, events } = platform;

  async function find(tx: Tx, scope: WorkspaceRef, accountId: string): Promise<Row> {
    const row = isId(accountId)
      ? await tx
          .selectFrom('accounts.cloud_account')
          .selectAll()
          .where('id', '=', accountId)
          .where('workspace_id', '=', scope.workspaceId)
          .executeTakeFirst()
      : undefined;
    if (row === undefined) throw notFound('The account');
    return row;
  }

  function announce(tx: Tx, row: Row): Promise<string> {
    return events.publish(tx, accountChanged, {
      organizationId: row.organization_id,
      accountId: row.id,
      workspaceId: row.workspace_id,
      provider: row.provider,
      enabled: row.enabled,
    });
  }

  function record(
    tx: Tx,
    row: Row,
    acting: Acting,
    action: string,
    details: Record<string, unknown> = {},
    outcome: 'success' | 'failure' = 'success',
  ) {
    return audit.record(tx, {
      organizationId: row.organization_id,
      action,
      outcome,
      ...acting,
      provider: row.provider,
      workspaceId: row.workspace_id,
      target: { type: 'cloud_account', id: row.id, label: row.name },
      details: { nativeId: row.native_id, ...details },
    });
  }

  async function connectStored(
    scope: TenantScope,
    load: (tx: Tx) => Promise<Row>,
  ): Promise<{ row: Row; connection: Connection }> {
    const { row, open } = await db.inTenant(scope, async (tx) => {
      const found = await load(tx);
      return { row: found, open: await connections.fromAccount(tx, found) };
    });
    return { row, connection: await open() };
  }

  /** Connects with what a form gave and asks whose it is. @throws AppError `validation_failed`, `provider_denied`, `provider_error` */
  async function prove(
    scope: WorkspaceRef,
    input: Pick<ConnectInput, 'provider' | 'endpoint' | 'credentials'>,
    features: Feature[],
    signal: AbortSignal,
  ): Promise<{ probe: Probe; credentials: Credentials }> {
    const { connection, credentials } = await connections.fromForm(
      scope.workspaceId,
      input.provider,
      input.endpoint,
      input.credentials,
    );
    try {
      return { probe: await probeConnection(connection, features, signal), credentials };
    } finally {
      connection.close();
    }
  }

  async function connectProven(
    scope: WorkspaceRef,
    acting: Acting,
    input: ConnectInput,
  ): Promise<CloudAccount> {
    const { probe, credentials } = await prove(scope, input, input.features, input.signal);
    const id = newId();
    const now = clock.now();
    try {
      return await db.inTenant(scope, async (tx) => {
        const plan = await lockOrganization(tx as never);
        requireRoom(plan, 'cloud_accounts', await countAccounts(tx));
        const row = await tx
          .insertInto('accounts.cloud_account')
          .values({
            organization_id: scope.organizationId,
            id,
            workspace_id: scope.workspaceId,
            provider: input.provider,
            name: input.name,
            native_id: probe.nativeId,
            principal: probe.principal,
            endpoint: input.endpoint ?? null,
            method: input.credentials.method,
            features: input.features,
            enabled: true,
            health_status: healthOf(probe.permissions),
            health_problem: null,
            health_checked_at: now,
            permissions: JSON.stringify(probe.permissions),
            credentials: await connections.seal(
              tx,
              { id, organization_id: scope.organizationId },
              credentials,
            ),
            credentials_changed_at: now,
            created_at: now,
          })
          .returningAll()
          .executeTakeFirstOrThrow();
        await record(tx, row, acting, 'account.connected', {
          method: row.method,
          endpoint: row.endpoint,
          features: row.features,
        });
        await announce(tx, row);
        return present(row);
      });
    } catch (error) {
      throw named(error);
    }
  }

  return {
    async list(scope: WorkspaceRef, page: { cursor?: string | undefined; limit: number }) {
      const rows = await db.inTenant(scope, (tx) => {
        let select = tx
          .selectFrom('accounts.cloud_account')
          .selectAll()
          .where('workspace_id', '=', scope.workspaceId)
          .orderBy('name')
          .orderBy('id')
          .limit(page.limit + 1);
        if (page.cursor !== undefined) {
          const [name = '', id = ''] = decodeCursor(page.cursor, 2);
          select = select.where((eb) => eb(eb.refTuple('name', 'id'), '>', eb.tuple(name, id)));
        }
        return select.execute();
      });
      const { items, nextCursor } = toPage(rows, page.limit, (row) => [row.name, row.id]);
      return { items: items.map(present), nextCursor };
    },

    async get(scope: WorkspaceRef, accountId: string) {
      const row = await db.inTenant(scope, (tx) => find(tx, scope, accountId));
      return { account: present(row), permissions: row.permissions };
    },

    /** Tries credentials without storing anything. */
    async check(scope: WorkspaceRef, acting: Acting, input: Omit<ConnectInput, 'name'>) {
      const { provider, features, signal } = input;
      const details = { method: input.credentials.method, endpoint: input.endpoint };
      const { probe } = await attempt(
        { db, audit },
        scope,
        acting,
        { action: 'account.checked', provider, target: {}, details },
        () => prove(scope, input, features, signal),
      );
      const same = await db.inTenant(scope, async (tx) => {
        await audit.record(tx, {
          ...acting,
          organizationId: scope.organizationId,
          action: 'account.checked',
          outcome: 'success',
          provider,
          workspaceId: scope.workspaceId,
          target: { type: 'cloud_account' },
          details: { ...details, nativeId: probe.nativeId },
        });
        return findSame(tx, scope, input, probe);
      });
      return { ...probe, alreadyConnected: same?.id ?? null };
    },

    /** Connects an account; what is refused is in the audit log too. */
    connect(scope: WorkspaceRef, acting: Acting, input: ConnectInput): Promise<CloudAccount> {
      const { provider, name } = input;
      const details = { method: input.credentials.method, endpoint: input.endpoint };
      return attempt(
        { db, audit },
        scope,
        acting,
        { action: 'account.connected', provider, target: { label: name }, details },
        () => connectProven(scope, acting, input),
      );
    },

    async update(
      scope: WorkspaceRef,
      acting: Acting,
      accountId: string,
      changes: { name?: string | undefined; enabled?: boolean | undefined; features?: Feature[] | undefined },
    ): Promise<CloudAccount> {
      try {
        return await db.inTenant(scope, async (tx) => {
          const before = await find(tx, scope, accountId);
          const next = {
            name: changes.name ?? before.name,
            enabled: changes.enabled ?? before.enabled,
            features: changes.features ?? before.features,
          };
          const row = await tx
            .updateTable('accounts.cloud_account')
            .set(next)
            .where('id', '=', before.id)
            .returningAll()
            .executeTakeFirstOrThrow();
          await record(
            tx,
            row,
            acting,
            before.enabled === row.enabled
              ? 'account.changed'
              : row.enabled
                ? 'account.enabled'
                : 'account.disabled',
            {
              from: { name: before.name, features: before.features },
              to: { name: row.name, features: row.features },
            },
          );
          await announce(tx, row);
          return present(row);
        });
      } catch (error) {
        throw named(error);
      }
    },

    /** Replaces the credentials after proving that they open the same account at the provider. */
    async rotate(
      scope: WorkspaceRef,
      acting: Acting,
      accountId: string,
      given: Credentials,
      signal: AbortSignal,
    ): Promise<CloudAccount> {
      const before = await db.inTenant(scope, (tx) => find(tx, scope, accountId));
      const tried = {
        action: 'account.credentials_rotated',
        provider: before.provider,
        target: { id: before.id, label: before.name },
        details: { method: given.method, nativeId: before.native_id },
      } as const;
      const { probe, credentials } = await attempt({ db, audit }, scope, acting, tried, async () => {
        const form = {
          provider: before.provider,
          endpoint: before.endpoint ?? undefined,
          credentials: given,
        };
        const proven = await prove(scope, form, before.features, signal);
        if (proven.probe.nativeId !== before.native_id) {
          throw invalidField(
            'body.credentials',
            `opens account ${proven.probe.nativeId}, not ${before.native_id}. Connect it as an account of its own.`,
            'other_account',
          );
        }
        return proven;
      });
      const now = clock.now();
      return db.inTenant(scope, async (tx) => {
        await find(tx, scope, accountId);
        const row = await tx
          .updateTable('accounts.cloud_account')
          .set({
            credentials: await connections.seal(tx, before, credentials),
            credentials_changed_at: now,
            method: given.method,
            principal: probe.principal,
            permissions: JSON.stringify(probe.permissions),
            health_status: healthOf(probe.permissions),
            health_problem: null,
            health_checked_at: now,
          })
          .where('id', '=', before.id)
          .returningAll()
          .executeTakeFirstOrThrow();
        await record(tx, row, acting, 'account.credentials_rotated', { method: row.method });
        await announce(tx, row);
        return present(row);
      });
    },

    /** Asks the provider again what the stored credentials may do, and keeps the answer. */
    async test(scope: WorkspaceRef, acting: Acting, accountId: string, signal: AbortSignal) {
      const { row, connection } = await connectStored(scope, (tx) => find(tx, scope, accountId));
      let outcome: {
        status: Row['health_status'];
        problem: ReturnType<typeof problemIn>;
        permissions: PermissionFinding[];
      };
      try {
        const probe = await probeConnection(connection, row.features, signal);
        outcome = { status: healthOf(probe.permissions), problem: null, permissions: probe.permissions };
      } catch (error) {
        const problem = problemIn(error);
        if (problem === null) throw error;
        outcome = { status: 'failing', problem, permissions: row.permissions };
      } finally {
        connection.close();
      }
      const updated = await db.inTenant(scope, async (tx) => {
        const { health_status: from } = await find(tx, scope, accountId);
        const after = await tx
          .updateTable('accounts.cloud_account')
          .set({
            health_status: outcome.status,
            health_problem: outcome.problem === null ? null : JSON.stringify(outcome.problem),
            health_checked_at: clock.now(),
            permissions: JSON.stringify(outcome.permissions),
          })
          .where('id', '=', row.id)
          .returningAll()
          .executeTakeFirstOrThrow();
        if (from !== after.health_status) {
          const change = {
            from,
            to: after.health_status,
            ...(outcome.problem === null ? {} : { problem: outcome.problem.kind }),
          };
          await record(
            tx,
            after,
            acting,
            'account.tested',
            change,
            outcome.problem === null ? 'success' : 'failure',
          );
        }
        return after;
      });
      return { account: present(updated), permissions: updated.permissions };
    },

    async remove(scope: WorkspaceRef, acting: Acting, accountId: string, confirm: string): Promise<void> {
      await db.inTenant(scope, async (tx) => {
        const row = await find(tx, scope, accountId);
        if (confirm !== row.name)
          throw invalidField('body.confirm', 'type the name of the account', 'mismatch');
        await tx.deleteFrom('accounts.cloud_account').where('id', '=', row.id).execute();
        await record(tx, row, acting, 'account.removed');
        await events.publish(tx, accountRemoved, {
          organizationId: row.organization_id,
          accountId: row.id,
          workspaceId: row.workspace_id,
          provider: row.provider,
        });
      });
    },

    async listFacts(scope: TenantScope, workspaceId: string): Promise<AccountFacts[]> {
      const rows = await db.inTenant(scope, (tx) =>
        tx
          .selectFrom('accounts.cloud_account')
          .selectAll()
          .where('workspace_id', '=', workspaceId)
          .orderBy('name')
          .limit(500)
          .execute(),
      );
      return rows.map(factsFrom);
    },

    async listEnabled(): Promise<AccountFacts[]> {
      const rows = await db.inSystem('list enabled accounts', (tx) =>
        tx
          .selectFrom('accounts.cloud_account')
          .selectAll()
          .where('enabled', '=', true)
          .orderBy('id')
          .execute(),
      );
      return rows.map(factsFrom);
    },

    async factsOf(scope: TenantScope, accountId: string): Promise<AccountFacts> {
      const row = await db.inTenant(scope, (tx) => byId(tx, accountId));
      return factsFrom(row);
    },

    async withConnection<R>(
      scope: TenantScope,
      accountId: string,
      work: (connection: Connection, account: AccountFacts) => Promise<R>,
    ): Promise<R> {
      const { row, open } = await db.inTenant(scope, async (tx) => {
        const found = await byId(tx, accountId);
        if (!found.enabled) throw new AppError('conflict', `The account ${found.name} is disabled.`);
        return { row: found, open: await connections.fromAccount(tx, found) };
      });
      // Sealing never gives the same bytes twice, so new credentials are another key even within one millisecond.
      const version = createHash('sha256').update(row.credentials).digest('base64');
      return cache.use(`${row.id} ${version} ${row.endpoint ?? ''}`, open, (connection) =>
        work(connection, factsFrom(row)),
      );
    },

    async permissionsOf(scope: TenantScope, accountId: string): Promise<PermissionFinding[]> {
      return (await db.inTenant(scope, (tx) => byId(tx, accountId))).permissions;
    },

    async reportHealth(scope: TenantScope, accountId: string, problem: CloudProblem | null): Promise<void> {
      await db.inTenant(scope, async (tx) => {
        const row = await byId(tx, accountId);
        const health_status = problem === null ? healthOf(row.permissions) : 'failing';
        const health_problem = problem === null ? null : JSON.stringify(problem);
        await tx
          .updateTable('accounts.cloud_account')
          .set({ health_status, health_problem, health_checked_at: clock.now() })
          .where('id', '=', row.id)
          .execute();
      });
    },
  };

  async function byId(tx: Tx, accountId: string): Promise<Row> {
    const row = isId(accountId)
      ? await tx
          .selectFrom('accounts.cloud_account')
          .selectAll()
          .where('id', '=', accountId)
          .executeTakeFirst()
      : undefined;
    if (row === undefined) throw notFound('The account');
    return row;
  }

  function findSame(
    tx: Tx,
    scope: WorkspaceRef,
    input: { provider: string; endpoint?: string | undefined },
    probe: Probe,
  ) {
    return tx
      .selectFrom('accounts.cloud_account')
      .select('id')
      .where('workspace_id', '=', scope.workspaceId)
      .where('provider', '=', input.provider)
      .where('native_id', '=', probe.nativeId)
      .where('endpoint', 'is not distinct from', input.endpoint ?? null)
      .executeTakeFirst();
  }
}

export async function countAccounts(tx: Tx): Promise<number> {
  const { count } = await tx
    .selectFrom('accounts.cloud_account')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}
