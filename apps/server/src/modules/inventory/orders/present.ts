import type { Order } from '@cloudatlas/contracts/inventory';
import type { FieldValues, Field } from '@cloudatlas/cloud/fields';
import type { Selectable } from 'kysely';
import type { CloudOrderTable } from '../tables.ts';

export type OrderRow = Omit<Selectable<CloudOrderTable>, 'sealed_input'>;

export const orderColumns = [
  'organization_id',
  'id',
  'workspace_id',
  'account_id',
  'kind',
  'operation',
  'type',
  'region',
  'resource_id',
  'resource_name',
  'status',
  'step',
  'message',
  'problem',
  'shown_input',
  'result',
  'created_resources',
  'idempotency_key',
  'requested_by',
  'requested_by_label',
  'ip',
  'request_id',
  'created_at',
  'finished_at',
] as const;

export function presentOrder(row: OrderRow, account: { name: string; provider: string } | undefined): Order {
  return {
    id: row.id,
    kind: row.kind,
    operation: row.operation,
    accountId: row.account_id,
    accountName: account?.name ?? '',
    provider: account?.provider ?? '',
    type: row.type,
    region: row.region,
    resourceId: row.resource_id,
    resourceName: row.resource_name,
    status: row.status,
    step: row.step,
    message: row.message,
    problem: row.problem,
    input: row.shown_input as FieldValues,
    result: row.result,
    requestedBy: row.requested_by_label,
    createdAt: row.created_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
  };
}

const masked = '••••••••';

/** Form values as they may be shown and logged: secrets masked, files by their size. */
export function shownInput(fields: readonly Field[], values: FieldValues): Record<string, unknown> {
  const known = new Map(fields.map((field) => [field.name, field]));
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const field = known.get(name);
      const kind = field?.kind;
      if (kind === 'secret') return [name, masked];
      if (field?.sensitive === true)
        return [name, Object.fromEntries(Object.keys(value ?? {}).map((key) => [key, masked]))];
      if (kind === 'file')
        return [name, typeof value === 'string' ? `${Buffer.byteLength(value, 'base64')} bytes` : null];
      return [name, value];
    }),
  );
}
