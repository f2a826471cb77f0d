import type { OperationDescriptor } from '@cloudatlas/cloud/operations';
import type { Feature } from '@cloudatlas/cloud/permissions';
import type { ResourceRow } from '@cloudatlas/contracts/inventory';
import type { Permission } from '@cloudatlas/contracts/permissions';
import type { AccountFacts } from '#modules/accounts/index.ts';

/** The permission of ours that an operation needs: what destroys needs more. */
export function permissionFor(operation: Pick<OperationDescriptor, 'confirm'>): Permission {
  return operation.confirm === 'typed' ? 'resources:delete' : 'resources:operate';
}

/** The feature that the account's owner must have switched on for it. */
export function featureFor(operation: Pick<OperationDescriptor, 'confirm'>): Feature {
  return operation.confirm === 'typed' ? 'delete' : 'operate';
}

/** Why an operation cannot be asked for now; null when it can. */
export function blockOf(
  operation: OperationDescriptor,
  resource: Pick<ResourceRow, 'state' | 'vanishedAt' | 'pendingOrder'>,
  account: Pick<AccountFacts, 'enabled' | 'features'>,
  permissions: ReadonlySet<Permission>,
): string | null {
  if (!permissions.has(permissionFor(operation))) return 'role';
  if (!account.enabled) return 'account_disabled';
  if (!account.features.includes(featureFor(operation))) return 'feature_off';
  if (resource.pendingOrder !== null) return 'pending';
  if (resource.vanishedAt !== null || resource.state === 'deleted' || resource.state === 'deleting')
    return 'state';
  if (operation.states !== undefined && !operation.states.includes(resource.state)) return 'state';
  return null;
}
