import type { CloudAccount } from '@cloudatlas/contracts/accounts';
import type { Feature } from '@cloudatlas/cloud/permissions';
import type { AuditService } from '#modules/audit/index.ts';
import type { TenancyService } from '#modules/tenancy/index.ts';
import type { Database } from '#platform/db/database.ts';
import { invalidField } from '#platform/errors/app-error.ts';
import type { Platform } from '#platform/module.ts';
import type { ConnectionCache } from './connection-cache.ts';
import type { Connections } from './connections.ts';
import { accountRemoved } from './events.ts';
import { createConnecting } from './services/connecting.ts';
import { createDirectory } from './services/directory.ts';
import { createHealth } from './services/health.ts';
import { createJournal } from './services/journal.ts';
import { named, present } from './services/present.ts';
import { find } from './services/rows.ts';
import type { Acting, WorkspaceRef } from './services/types.ts';
import type { AccountsTables } from './tables.ts';

/** Cloud accounts: connected, looked up, tested, changed and removed. */
export function createAccounts(
  platform: Pick<Platform, 'clock' | 'events' | 'log'>,
  db: Database<AccountsTables>,
  audit: AuditService,
  connections: Connections,
  cache: ConnectionCache,
  requireIdle: TenancyService['requireIdle'],
) {
  const { events } = platform;
  const journal = createJournal(platform, audit);

  return {
    ...createDirectory(db, connections, cache),
    ...createConnecting(platform, db, audit, connections, journal),
    ...createHealth(platform, db, connections, journal),

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
          await journal.record(
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
          await journal.announce(tx, row);
          return present(row);
        });
      } catch (error) {
        throw named(error);
      }
    },

    /** @throws AppError `conflict` while work at the provider is under way in the account */
    async remove(scope: WorkspaceRef, acting: Acting, accountId: string, confirm: string): Promise<void> {
      await db.inTenant(scope, async (tx) => {
        const row = await find(tx, scope, accountId);
        if (confirm !== row.name)
          throw invalidField('body.confirm', 'type the name of the account', 'mismatch');
        const within = { organizationId: row.organization_id, accountId: row.id };
        await requireIdle(tx, within);
        await tx.deleteFrom('accounts.cloud_account').where('id', '=', row.id).execute();
        // The deletion waited for what was being begun at the same moment: now that is seen.
        await requireIdle(tx, within);
        await journal.record(tx, row, acting, 'account.removed');
        await events.publish(tx, accountRemoved, {
          organizationId: row.organization_id,
          accountId: row.id,
          workspaceId: row.workspace_id,
          provider: row.provider,
        });
      });
    },
  };
}
