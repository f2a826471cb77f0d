import { CloudError } from '@cloudatlas/cloud/errors';
import type { Resource, ResourceRef } from '@cloudatlas/cloud/resource';
import type { AccountsService } from '#modules/accounts/index.ts';
import type { Clock } from '#platform/clock/clock.ts';
import type { Database } from '#platform/db/database.ts';
import { ScopeWriter } from '../sync/writer.ts';
import type { InventoryTables } from '../tables.ts';
import type { OrderRow } from './present.ts';

/** Reads the resources an order touched and writes what differs, so that no page waits for the next run. @returns how many */
export async function refreshResources(
  deps: { clock: Clock; db: Database<InventoryTables>; accounts: AccountsService },
  order: OrderRow,
  refs: readonly ResourceRef[],
  signal: AbortSignal,
): Promise<number> {
  const { clock, db, accounts } = deps;
  const scope = { organizationId: order.organization_id };
  const account = await accounts.factsOf(scope, order.account_id);
  return accounts.withConnection(scope, order.account_id, async (connection) => {
    for (const ref of refs) {
      const service = connection.services.find((candidate) => candidate.resourceTypes.some((type) => type.id === ref.type));
      if (service === undefined) continue;
      let resource: Resource | undefined;
      try {
        resource = await connection.inspect(ref, signal);
      } catch (error) {
        if (!(error instanceof CloudError) || error.kind !== 'not_found') throw error;
      }
      const found = {
        organizationId: order.organization_id,
        workspaceId: account.workspaceId,
        accountId: account.id,
        provider: account.provider,
        service: service.id,
        categories: new Map(service.resourceTypes.map((type) => [type.id, type.category] as const)),
      };
      const present = resource;
      await db.inTenant(scope, async (tx) => {
        if (present === undefined) {
          await tx
            .updateTable('inventory.resource')
            .set({ vanished_at: clock.now(), changed_at: clock.now(), state: 'deleted' })
            .where('account_id', '=', account.id)
            .where('type', '=', ref.type)
            .where('native_id', '=', ref.nativeId)
            .where('vanished_at', 'is', null)
            .execute();
          return;
        }
        const writer = await ScopeWriter.open(tx, found, null, present.nativeId);
        await writer.write(tx, writer.differing([present]), clock.now());
      });
    }
    return refs.length;
  });
}
