import type { CloudAccount } from '@cloudatlas/contracts/accounts';
import type { Credentials } from '@cloudatlas/cloud/contract';
import type { Feature } from '@cloudatlas/cloud/permissions';
import type { AuditService } from '#modules/audit/index.ts';
import { lockOrganization, requireRoom } from '#modules/tenancy/index.ts';
import type { Database } from '#platform/db/database.ts';
import { invalidField } from '#platform/errors/app-error.ts';
import { newId } from '#platform/ids/ids.ts';
import type { Platform } from '#platform/module.ts';
import type { Connections } from '../connections.ts';
import type { AccountsTables } from '../tables.ts';
import { attempt } from './attempts.ts';
import { healthOf, probeConnection, type Probe } from './check.ts';
import type { Journal } from './journal.ts';
import { named, present } from './present.ts';
import { requireProvider } from './provider-plan.ts';
import { countAccounts, find, findSame } from './rows.ts';
import type { Acting, ConnectInput, WorkspaceRef } from './types.ts';

/** What is done with credentials that a person gives: tried, stored for a new account, stored for a known one. */
export function createConnecting(
  { clock }: Pick<Platform, 'clock'>,
  db: Database<AccountsTables>,
  audit: AuditService,
  connections: Connections,
  journal: Journal,
) {
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
        requireProvider(plan, input.provider);
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
        await journal.record(tx, row, acting, 'account.connected', {
          method: row.method,
          endpoint: row.endpoint,
          features: row.features,
        });
        await journal.announce(tx, row);
        return present(row);
      });
    } catch (error) {
      throw named(error);
    }
  }

  return {
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
        await journal.record(tx, row, acting, 'account.credentials_rotated', { method: row.method });
        await journal.announce(tx, row);
        return present(row);
      });
    },
  };
}
