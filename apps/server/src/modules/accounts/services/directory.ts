import { createHash } from 'node:crypto';
import type { Connection } from '@cloudatlas/cloud/contract';
import type { PermissionFinding } from '@cloudatlas/cloud/permissions';
import type { AnyTenantTx, Database, TenantScope } from '#platform/db/database.ts';
import { AppError, invalidField } from '#platform/errors/app-error.ts';
import { isId } from '#platform/ids/ids.ts';
import { decodeCursor, toPage } from '#platform/paging/cursor.ts';
import type { ConnectionCache } from '../connection-cache.ts';
import type { Connections } from '../connections.ts';
import type { AccountsTables } from '../tables.ts';
import { factsFrom, present } from './present.ts';
import { accountWithPrices } from './prices.ts';
import { byId, find } from './rows.ts';
import type { AccountFacts, WorkspaceRef } from './types.ts';

/** The connected accounts, for their pages and for other modules. */
export function createDirectory(
  db: Database<AccountsTables>,
  connections: Connections,
  cache: ConnectionCache,
) {
  async function withConnectionAfter<F, R>(
    scope: TenantScope,
    accountId: string,
    first: (tx: AnyTenantTx, account: AccountFacts) => Promise<F>,
    work: (connection: Connection, account: AccountFacts, opened: F) => Promise<R>,
  ): Promise<R> {
    const { row, prices, opened } = await db.inTenant(scope, async (tx) => {
      const found = await accountWithPrices(tx, accountId);
      if (!found.row.enabled) throw new AppError('conflict', `The account ${found.row.name} is disabled.`);
      return { ...found, opened: await first(tx, factsFrom(found.row)) };
    });
    // Sealing never gives the same bytes twice, so new credentials are another key even within one millisecond.
    const version = createHash('sha256')
      .update(row.credentials)
      .update(JSON.stringify(prices))
      .digest('base64');
    // The secret is opened only where nobody holds a connection.
    const open = async () => (await db.inTenant(scope, (tx) => connections.fromAccount(tx, row, prices)))();
    return cache.use(`${row.id} ${version} ${row.endpoint ?? ''}`, open, (connection) =>
      work(connection, factsFrom(row), opened),
    );
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
          if (!isId(id)) throw invalidField('query.cursor', 'is not a cursor of this list');
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

    withConnection<R>(
      scope: TenantScope,
      accountId: string,
      work: (connection: Connection, account: AccountFacts) => Promise<R>,
    ): Promise<R> {
      return withConnectionAfter(scope, accountId, async () => undefined, work);
    },

    withConnectionAfter,

    async permissionsOf(scope: TenantScope, accountId: string): Promise<PermissionFinding[]> {
      return (await db.inTenant(scope, (tx) => byId(tx, accountId))).permissions;
    },
  };
}
