import type { ResourceRow } from '@cloudatlas/contracts/inventory';
import type { Selectable } from 'kysely';
import type { ResourceTable } from '../tables.ts';

export type StoredResource = Omit<Selectable<ResourceTable>, 'search' | 'fingerprint'>;

/** Columns of a row that is shown; search text and fingerprint stay behind. */
export const shownColumns = [
  'organization_id',
  'id',
  'workspace_id',
  'account_id',
  'provider',
  'service',
  'type',
  'category',
  'native_id',
  'short_id',
  'name',
  'region',
  'zone',
  'state',
  'state_raw',
  'tags',
  'size',
  'monthly_amount',
  'currency',
  'cloud_created_at',
  'first_seen_at',
  'changed_at',
  'vanished_at',
] as const;

export function presentResource(
  row: StoredResource,
  accountNames: ReadonlyMap<string, string>,
  pending: ReadonlyMap<string, { id: string; operation: string }>,
): ResourceRow {
  return {
    id: row.id,
    accountId: row.account_id,
    accountName: accountNames.get(row.account_id) ?? '',
    provider: row.provider,
    service: row.service,
    type: row.type,
    category: row.category,
    nativeId: row.native_id,
    shortId: row.short_id,
    name: row.name,
    region: row.region,
    zone: row.zone,
    state: row.state,
    stateRaw: row.state_raw,
    tags: row.tags,
    size: row.size,
    monthlyEstimate:
      row.monthly_amount === null || row.currency === null
        ? null
        : { amount: row.monthly_amount, currency: row.currency },
    createdAt: row.cloud_created_at?.toISOString() ?? null,
    firstSeenAt: row.first_seen_at.toISOString(),
    changedAt: row.changed_at.toISOString(),
    vanishedAt: row.vanished_at?.toISOString() ?? null,
    pendingOrder: pending.get(row.id) ?? null,
  };
}
