import type { Connection } from '@cloudatlas/cloud/contract';
import { CloudError } from '@cloudatlas/cloud/errors';
import type { ResourceRef } from '@cloudatlas/cloud/resource';
import type { AccountsService } from '#modules/accounts/index.ts';
import type { StepContext } from '#platform/workflow/workflow.ts';
import type { OrderRow } from './present.ts';

/** Longest wait for one of them; after it the whole is tried again later. */
const goneWithinMs = 120_000;

/**
 * Removes what a creation left half made. Some things can only go after others, and the provider alone knows in which
 * order: those it refuses now are tried again as long as others go. What goes slowly is waited for while others are left,
 * since they may hang on it.
 * @throws CloudError of the first that cannot be removed
 */
export async function removeLeftovers(
  accounts: AccountsService,
  context: StepContext,
  order: OrderRow,
  leftovers: readonly ResourceRef[],
): Promise<void> {
  await accounts.withConnection(
    { organizationId: order.organization_id },
    order.account_id,
    async (connection) => {
      let left = leftovers.toReversed();
      while (left.length > 0) {
        const stuck: ResourceRef[] = [];
        let reason: unknown;
        for (const resource of left) {
          try {
            await remove(connection, context, order, resource, left.length > 1);
          } catch (error) {
            if (!(error instanceof CloudError) || error.kind !== 'conflict_state') throw error;
            stuck.push(resource);
            reason ??= error;
          }
        }
        if (stuck.length === left.length) throw reason;
        left = stuck;
      }
    },
  );
}

async function remove(
  connection: Connection,
  context: StepContext,
  order: OrderRow,
  resource: ResourceRef,
  wait: boolean,
): Promise<void> {
  const removal = connection.operations.find(
    (operation) => operation.type === resource.type && operation.id === 'delete',
  );
  if (removal === undefined)
    throw new CloudError({ kind: 'unsupported', message: `${resource.id} cannot be removed from here.` });
  try {
    const { status } = await connection.operate({
      operation: removal.id,
      resource,
      parameters: {},
      clientToken: `undo-${order.id}`,
      signal: context.signal,
    });
    if (wait && status === 'accepted' && removal.until?.includes('deleted') === true)
      await connection.waitFor({
        resource,
        states: ['deleted'],
        timeoutMs: goneWithinMs,
        signal: context.signal,
      });
  } catch (error) {
    if (!(error instanceof CloudError) || error.kind !== 'not_found') throw error;
  }
}
