import type {
  ResourceDetail,
  ResourceHistory,
  ResourceMetrics,
  ResourceMetricsQuery,
} from '@cloudatlas/contracts/inventory';
import { CloudError } from '@cloudatlas/cloud/errors';
import type { OperationDescriptor } from '@cloudatlas/cloud/operations';
import { loadProvider } from '@cloudatlas/cloud/registry';
import type { Permission } from '@cloudatlas/contracts/permissions';
import type { z } from 'zod';
import { providerRefusal, type AccountFacts, type AccountsService } from '#modules/accounts/index.ts';
import type { Database, TenantTx } from '#platform/db/database.ts';
import { invalidField } from '#platform/errors/app-error.ts';
import { isId } from '#platform/ids/ids.ts';
import { decodeCursor, toPage } from '#platform/paging/cursor.ts';
import { blockOf } from '../orders/allowed.ts';
import type { WorkspaceRef } from '../scope-of.ts';
import type { InventoryTables } from '../tables.ts';
import { presentResource, type StoredResource } from './present.ts';
import { pendingOrders, type createSearch } from './search.ts';

type Tx = TenantTx<InventoryTables>;
const maxRelations = 200;
const maxMetricSpanMs = 92 * 86_400_000;

/** One resource with all that is known of it. */
export function createDetail(
  db: Database<InventoryTables>,
  accounts: AccountsService,
  search: ReturnType<typeof createSearch>,
) {
  return {
    async get(
      scope: WorkspaceRef,
      permissions: ReadonlySet<Permission>,
      resourceId: string,
    ): Promise<ResourceDetail> {
      const { row, attributes, relations, pending } = await db.inTenant(scope, async (tx) => {
        const found = await search.find(tx, scope, resourceId);
        const detail = await tx
          .selectFrom('inventory.resource_detail')
          .select('attributes')
          .where('resource_id', '=', found.id)
          .executeTakeFirst();
        return {
          row: found,
          attributes: detail?.attributes ?? {},
          relations: await relationsOf(tx, found),
          pending: await pendingOrders(tx, [found.id]),
        };
      });
      const account = await accounts.factsOf(scope, row.account_id);
      const provider = await loadProvider(row.provider);
      const resource = presentResource(row, new Map([[account.id, account.name]]), pending);
      return {
        ...resource,
        attributes,
        relations,
        operations: provider.operations
          .filter((operation) => operation.type === row.type && operation.captured !== true)
          .map((operation) => presentOperation(operation, resource, account, permissions)),
        metrics: provider.metricTypes
          .filter((metric) => metric.type === row.type)
          .map(({ id, label, unit, statistics }) => ({ id, label, unit, statistics: [...statistics] })),
      };
    },

    async history(
      scope: WorkspaceRef,
      resourceId: string,
      page: { cursor?: string | undefined; limit: number },
    ): Promise<z.input<typeof ResourceHistory>> {
      const rows = await db.inTenant(scope, async (tx) => {
        const { id } = await search.find(tx, scope, resourceId);
        let select = tx
          .selectFrom('inventory.change')
          .selectAll()
          .where('resource_id', '=', id)
          .orderBy('id', 'desc')
          .limit(page.limit + 1);
        if (page.cursor !== undefined) {
          const [before = ''] = decodeCursor(page.cursor, 1);
          if (!isId(before)) throw invalidField('query.cursor', 'is not a cursor of this list');
          select = select.where('id', '<', before);
        }
        return select.execute();
      });
      const { items, nextCursor } = toPage(rows, page.limit, (row) => [row.id]);
      return {
        items: items.map((row) => ({
          id: row.id,
          at: row.at.toISOString(),
          kind: row.kind,
          fields: row.fields,
        })),
        nextCursor,
      };
    },

    /** Reads a metric from the provider now. @throws AppError `provider_denied`, `provider_error` */
    async metrics(
      scope: WorkspaceRef,
      resourceId: string,
      query: z.output<typeof ResourceMetricsQuery>,
      signal: AbortSignal,
    ): Promise<z.input<typeof ResourceMetrics>> {
      const span = Date.parse(query.to) - Date.parse(query.from);
      if (span <= 0 || span > maxMetricSpanMs)
        throw invalidField('query.to', 'must be after from, by at most 92 days');
      const row = await db.inTenant(scope, (tx) => search.find(tx, scope, resourceId));
      const resource = { type: row.type, nativeId: row.native_id, id: row.short_id, region: row.region };
      try {
        const [series] = await accounts.withConnection(scope, row.account_id, (connection) =>
          connection.metrics({
            targets: [{ resource, metric: query.metric, statistic: query.statistic }],
            periodSeconds: query.periodSeconds,
            from: query.from,
            to: query.to,
            signal,
          }),
        );
        if (series === undefined) throw invalidField('query.metric', 'is not a metric of this resource');
        return { series };
      } catch (error) {
        if (error instanceof CloudError) throw providerRefusal(error);
        throw error;
      }
    },
  };
}

function presentOperation(
  operation: OperationDescriptor,
  resource: Parameters<typeof blockOf>[1],
  account: AccountFacts,
  permissions: ReadonlySet<Permission>,
) {
  return {
    id: operation.id,
    label: operation.label,
    parameters: [...operation.parameters],
    confirm: operation.confirm,
    dryRun: operation.dryRun,
    undo: operation.undo ?? null,
    blockedBy: blockOf(operation, resource, account, permissions),
  };
}

async function relationsOf(tx: Tx, row: StoredResource): Promise<ResourceDetail['relations']> {
  const columns = [
    'resource.id',
    'resource.type',
    'resource.name',
    'resource.state',
    'resource.region',
  ] as const;
  const outgoing = await tx
    .selectFrom('inventory.relation as relation')
    .leftJoin('inventory.resource as resource', (join) =>
      join
        .onRef('resource.account_id', '=', 'relation.account_id')
        .onRef('resource.native_id', '=', 'relation.target_native_id')
        .on('resource.vanished_at', 'is', null),
    )
    .where('relation.resource_id', '=', row.id)
    .select(['relation.kind', 'relation.target_native_id as native_id', ...columns])
    .limit(maxRelations)
    .execute();
  const incoming = await tx
    .selectFrom('inventory.relation as relation')
    .innerJoin('inventory.resource as resource', 'resource.id', 'relation.resource_id')
    .where('relation.account_id', '=', row.account_id)
    .where('relation.target_native_id', '=', row.native_id)
    .where('resource.vanished_at', 'is', null)
    .select(['relation.kind', 'resource.native_id', ...columns])
    .limit(maxRelations)
    .execute();
  const shape = (direction: 'to' | 'from') => (found: (typeof outgoing)[number]) => ({
    kind: found.kind,
    direction,
    nativeId: found.native_id,
    resource:
      found.id === null ||
      found.type === null ||
      found.name === null ||
      found.state === null ||
      found.region === null
        ? null
        : { id: found.id, type: found.type, name: found.name, state: found.state, region: found.region },
  });
  return [...outgoing.map(shape('to')), ...incoming.map(shape('from'))];
}
