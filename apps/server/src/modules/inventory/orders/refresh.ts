import type { Connection } from '@cloudatlas/cloud/contract';
import { CloudError } from '@cloudatlas/cloud/errors';
import type { Resource, ResourceRef, ResourceState } from '@cloudatlas/cloud/resource';
import type { AccountsService } from '#modules/accounts/index.ts';
import type { Clock } from '#platform/clock/clock.ts';
import type { Database, TenantTx } from '#platform/db/database.ts';
import { ScopeWriter } from '../sync/writer.ts';
import type { InventoryTables } from '../tables.ts';
import type { OrderRow } from './present.ts';

export interface RefreshDeps {
  clock: Clock;
  db: Database<InventoryTables>;
  accounts: AccountsService;
}

/** Reads the resources an order touched and writes what differs, so that no page waits for the next run. @returns how many */
export async function refreshResources(
  deps: RefreshDeps,
  order: OrderRow,
  refs: readonly ResourceRef[],
  signal: AbortSignal,
): Promise<number> {
  for (const ref of refs) await refreshResource(deps, order, ref, signal);
  return refs.length;
}

/** Reads one resource at the provider and brings its row to it. @returns its state; `deleted` when the provider does not know it */
export function refreshResource(
  deps: RefreshDeps,
  order: OrderRow,
  ref: ResourceRef,
  signal: AbortSignal,
): Promise<ResourceState> {
  const owner = { organizationId: order.organization_id, accountId: order.account_id };
  return readResource(deps, owner, ref, signal, async (tx, found) => {
    // The wanted resource comes first; from now on the order leads to it.
    if (order.kind !== 'creation') return;
    await tx
      .updateTable('inventory.cloud_order')
      .set((eb) => ({
        resource_id: eb
          .selectFrom('inventory.resource')
          .select('id')
          .where('account_id', '=', order.account_id)
          .where('native_id', '=', found.nativeId)
          .where('vanished_at', 'is', null)
          .limit(1),
      }))
      .where('id', '=', order.id)
      .where('resource_id', 'is', null)
      .execute();
  });
}

/** As `refreshResource`, for one that no order touched. @param written runs in the transaction that writes what was found */
export async function readResource(
  { clock, db, accounts }: RefreshDeps,
  owner: { organizationId: string; accountId: string },
  ref: ResourceRef,
  signal: AbortSignal,
  written: (tx: TenantTx<InventoryTables>, found: Resource) => Promise<void> = async () => {},
): Promise<ResourceState> {
  const scope = { organizationId: owner.organizationId };
  const account = await accounts.factsOf(scope, owner.accountId);
  return accounts.withConnection(scope, account.id, async (connection) => {
    const service = connection.services.find((candidate) =>
      candidate.resourceTypes.some((type) => type.id === ref.type),
    );
    const resource = await inspect(connection, ref, signal);
    if (resource === undefined || service === undefined) {
      await db.inTenant(scope, (tx) =>
        tx
          .updateTable('inventory.resource')
          .set({ vanished_at: clock.now(), changed_at: clock.now(), state: 'deleted' })
          .where('account_id', '=', account.id)
          .where('type', '=', ref.type)
          .where('native_id', '=', ref.nativeId)
          .where('vanished_at', 'is', null)
          .execute(),
      );
      return 'deleted';
    }
    const found = {
      organizationId: owner.organizationId,
      workspaceId: account.workspaceId,
      accountId: account.id,
      provider: account.provider,
      service: service.id,
      categories: new Map(service.resourceTypes.map((type) => [type.id, type.category] as const)),
    };
    await db.inTenant(scope, async (tx) => {
      const writer = await ScopeWriter.open(tx, found, null, resource.nativeId);
      await writer.write(tx, writer.differing([resource]), clock.now());
      await written(tx, resource);
    });
    return resource.state;
  });
}

async function inspect(
  connection: Connection,
  ref: ResourceRef,
  signal: AbortSignal,
): Promise<Resource | undefined> {
  try {
    return await connection.inspect(ref, signal);
  } catch (error) {
    if (error instanceof CloudError && error.kind === 'not_found') return undefined;
    throw error;
  }
}
