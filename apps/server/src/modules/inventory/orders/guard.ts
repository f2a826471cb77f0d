import { namedUnderWay, type DeletionGuard } from '#modules/tenancy/index.ts';
import { ownTables } from '#platform/db/database.ts';
import type { InventoryTables } from '../tables.ts';

/** Orders that a deletion would cut off: what they do at the provider would go unrecorded. */
export const orderGuard: DeletionGuard = {
  async underWay(lent, { organizationId, workspaceId, accountId }) {
    let select = ownTables<InventoryTables>(lent)
      .selectFrom('inventory.cloud_order')
      .select(['operation', 'resource_name'])
      .where('organization_id', '=', organizationId)
      .where('status', 'in', ['pending', 'running'])
      .orderBy('id')
      .limit(namedUnderWay);
    if (workspaceId !== undefined) select = select.where('workspace_id', '=', workspaceId);
    if (accountId !== undefined) select = select.where('account_id', '=', accountId);
    return (await select.execute()).map((order) => ({
      text: `The operation ${order.operation} on ${order.resource_name} is being carried out: wait until it has ended.`,
    }));
  },
};
