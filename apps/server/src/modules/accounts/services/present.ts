import type { CloudAccount } from '@cloudatlas/contracts/accounts';
import type { PermissionFinding } from '@cloudatlas/cloud/permissions';
import type { Selectable } from 'kysely';
import { violates } from '#platform/db/database.ts';
import { AppError } from '#platform/errors/app-error.ts';
import type { AccountFacts } from './types.ts';
import type { CloudAccountTable } from '../tables.ts';

type Row = Selectable<CloudAccountTable>;

/** What a refused unique constraint means to the caller; other errors as they are. */
export function named(error: unknown): unknown {
  if (violates(error, 'cloud_account_name'))
    return new AppError('already_exists', 'An account of this workspace has this name.', {
      meta: { field: 'name' },
    });
  if (violates(error, 'cloud_account_native'))
    return new AppError('already_exists', 'This account is already connected to the workspace.');
  return error;
}

/** A stored account as other modules know it. */
export function factsFrom(row: Row): AccountFacts {
  return {
    id: row.id,
    organizationId: row.organization_id,
    workspaceId: row.workspace_id,
    provider: row.provider,
    name: row.name,
    nativeId: row.native_id,
    enabled: row.enabled,
    features: row.features,
  };
}

/** A stored account as the API shows it. */
export function present(row: Row): CloudAccount {
  const count = (granted: PermissionFinding['granted']) =>
    row.permissions.filter((finding) => finding.granted === granted).length;
  return {
    id: row.id,
    provider: row.provider,
    name: row.name,
    nativeId: row.native_id,
    principal: row.principal,
    method: row.method,
    endpoint: row.endpoint,
    enabled: row.enabled,
    features: row.features,
    health: {
      status: row.health_status,
      checkedAt: row.health_checked_at?.toISOString() ?? null,
      problem: row.health_problem,
      granted: count('yes'),
      missing: count('no'),
    },
    credentialsChangedAt: row.credentials_changed_at.toISOString(),
    createdAt: row.created_at.toISOString(),
  };
}
