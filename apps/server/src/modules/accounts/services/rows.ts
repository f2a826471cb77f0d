import type { Selectable } from 'kysely';
import type { TenantTx } from '#platform/db/database.ts';
import { notFound } from '#platform/errors/app-error.ts';
import { isId } from '#platform/ids/ids.ts';
import type { AccountsTables, CloudAccountTable } from '../tables.ts';
import type { Probe } from './check.ts';
import type { WorkspaceRef } from './types.ts';

export type Row = Selectable<CloudAccountTable>;
export type Tx = TenantTx<AccountsTables>;

/** An account of a workspace. @throws AppError `not_found` */
export async function find(tx: Tx, scope: WorkspaceRef, accountId: string): Promise<Row> {
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

/** An account of any workspace of the organization. @throws AppError `not_found` */
export async function byId(tx: Tx, accountId: string): Promise<Row> {
  const row = isId(accountId)
    ? await tx.selectFrom('accounts.cloud_account').selectAll().where('id', '=', accountId).executeTakeFirst()
    : undefined;
  if (row === undefined) throw notFound('The account');
  return row;
}

/** The account of a workspace that is the one a probe found. */
export function findSame(
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

/** Accounts of the whole organization, as plans count them. */
export async function countAccounts(tx: Tx): Promise<number> {
  const { count } = await tx
    .selectFrom('accounts.cloud_account')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}
