import type { AccountFacts } from '#modules/accounts/index.ts';
import type { Orderer } from './orderer.ts';

/** A checked order that is not written yet. */
export interface NewOrder {
  kind: 'operation' | 'creation';
  operation: string;
  type: string;
  region: string;
  resourceId: string | null;
  resourceName: string;
  values: Record<string, unknown>;
  shown: Record<string, unknown>;
  dryRun: boolean;
  idempotencyKey: string | null;
}

export function sealPlace(organizationId: string, orderId: string) {
  return { organizationId, table: 'inventory.cloud_order', column: 'sealed_input', rowId: orderId };
}

/** The row of a new order. */
export function newRow(
  by: Orderer,
  account: AccountFacts,
  order: NewOrder,
  id: string,
  sealed: Buffer,
  now: Date,
) {
  return {
    organization_id: by.organizationId,
    id,
    workspace_id: by.workspaceId,
    account_id: account.id,
    kind: order.kind,
    operation: order.operation,
    type: order.type,
    region: order.region,
    resource_id: order.resourceId,
    resource_name: order.resourceName,
    status: 'pending' as const,
    step: null,
    message: null,
    problem: null,
    shown_input: JSON.stringify({ ...order.shown, ...(order.dryRun ? { dryRun: true } : {}) }),
    sealed_input: sealed,
    result: null,
    idempotency_key: order.idempotencyKey,
    requested_by: by.userId,
    requested_by_label: by.actor.label,
    ip: by.ip,
    request_id: by.requestId,
    created_at: now,
    finished_at: null,
  };
}
