import { namedUnderWay, type DeletionGuard } from '#modules/tenancy/index.ts';
import { ownTables } from '#platform/db/database.ts';
import type { ActionRecord, ActionTables } from './tables.ts';

/** Actions that a deletion would cut off: the provider would be left half way, or a quarantine without its end. */
export const actionGuard: DeletionGuard = {
  async underWay(lent, { organizationId, workspaceId, accountId }) {
    let select = ownTables<ActionTables>(lent)
      .selectFrom('finops.action')
      .select(['status', 'resource', 'final_at'])
      .where('organization_id', '=', organizationId)
      .where((eb) =>
        eb.or([
          eb('status', 'in', ['running', 'undoing', 'quarantined']),
          // In force, while its undo waits for room at the provider.
          eb.and([eb('status', '=', 'applied'), eb('undo_pending', '=', true)]),
        ]),
      )
      .orderBy('id')
      .limit(namedUnderWay);
    if (workspaceId !== undefined) select = select.where('workspace_id', '=', workspaceId);
    if (accountId !== undefined) select = select.where('account_id', '=', accountId);
    return (await select.execute()).map((action) => ({ text: sentence(action) }));
  },
};

function sentence({
  status,
  resource,
  final_at: finalAt,
}: Pick<ActionRecord, 'status' | 'resource' | 'final_at'>): string {
  if (status === 'quarantined')
    return `${resource.name} is in quarantine until ${finalAt?.toISOString() ?? 'it is taken back'}: take it back, or wait until it is deleted.`;
  const what = status === 'running' ? 'An action' : 'An undo';
  return `${what} on ${resource.name} is being carried out: wait until it has ended.`;
}
