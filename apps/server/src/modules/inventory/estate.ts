import type { CloudProblem } from '@cloudatlas/cloud/errors';
import type { ResourceState, SizeSpec } from '@cloudatlas/cloud/resource';
import { sql } from 'kysely';
import type { Database, TenantScope } from '#platform/db/database.ts';
import type { InventoryTables } from './tables.ts';

/** A resource as the inventory keeps it, for modules that examine whole accounts. */
export interface EstateResource {
  id: string;
  type: string;
  nativeId: string;
  shortId: string;
  name: string;
  region: string;
  state: ResourceState;
  size: SizeSpec | null;
  createdAt: Date | null;
  firstSeenAt: Date;
  /** When the inventory last saw it change. */
  changedAt: Date;
  /** When the inventory saw it enter its state; null when it was met in it. */
  stateSince: Date | null;
  /** JSON text of an object of texts: parsed by whoever needs it, because an account may hold 100,000. */
  tags: string;
  /** JSON text of an object. */
  attributes: string;
}

export type EstateIdentity = Pick<EstateResource, 'id' | 'type' | 'nativeId' | 'shortId' | 'region'>;

export interface EstateRelation {
  resourceId: string;
  kind: string;
  targetNativeId: string;
}

/** What the newest ended synchronisation of an account could and could not list. */
export interface EstateCoverage {
  finishedAt: Date;
  /** Set when nothing was listed at all. */
  problem: CloudProblem | null;
  scopes: { service: string; region: string; problems: { type: string; problem: CloudProblem }[] }[];
}

/** Reads an account's inventory as a whole, page by page. */
export interface Estate {
  /** Resources of the types that are there now, in pages. */
  resources(scope: TenantScope, accountId: string, types: readonly string[]): AsyncIterable<EstateResource[]>;
  /** The same without what describes them. */
  identities(
    scope: TenantScope,
    accountId: string,
    types: readonly string[],
  ): AsyncIterable<EstateIdentity[]>;
  /** How many resources of each of the types there are. */
  counts(scope: TenantScope, accountId: string, types: readonly string[]): Promise<Map<string, number>>;
  /** Edges of the account's resources, in pages; targets may be unknown. */
  relations(scope: TenantScope, accountId: string): AsyncIterable<EstateRelation[]>;
  /** Null before the first synchronisation has ended. */
  coverage(scope: TenantScope, accountId: string): Promise<EstateCoverage | null>;
}

const resourcesPerPage = 5000;
const relationsPerPage = 25_000;
const firstId = '00000000-0000-0000-0000-000000000000';

export function createEstate(db: Database<InventoryTables>): Estate {
  return {
    async *resources(scope, accountId, types) {
      for (const type of types) {
        let after = '';
        for (;;) {
          const page = await db.inTenant(scope, (tx) =>
            sql<EstateResource>`
              select resource.id, resource.type, resource.native_id as "nativeId", resource.short_id as "shortId",
                resource.name, resource.region, resource.state, resource.size,
                resource.cloud_created_at as "createdAt", resource.first_seen_at as "firstSeenAt",
                resource.changed_at as "changedAt", seen.at as "stateSince", resource.tags::text as tags,
                coalesce(detail.attributes::text, '{}') as attributes
              from inventory.resource
                left join inventory.resource_detail as detail
                  on detail.organization_id = resource.organization_id and detail.resource_id = resource.id
                left join lateral (
                  select max(change.at) as at from inventory.change
                  where change.organization_id = resource.organization_id and change.resource_id = resource.id
                    and change.kind = 'changed' and change.fields @> '[{"path": "state"}]'
                    and resource.changed_at <> resource.first_seen_at
                ) as seen on true
              where resource.account_id = ${accountId} and resource.type = ${type}
                and resource.native_id > ${after} and resource.vanished_at is null
              order by resource.native_id
              limit ${resourcesPerPage}`.execute(tx),
          );
          if (page.rows.length > 0) yield page.rows;
          if (page.rows.length < resourcesPerPage) break;
          after = page.rows.at(-1)?.nativeId ?? after;
        }
      }
    },

    async *identities(scope, accountId, types) {
      for (const type of types) {
        let after = '';
        for (;;) {
          const page = await db.inTenant(scope, (tx) =>
            tx
              .selectFrom('inventory.resource')
              .select(['id', 'type', 'native_id as nativeId', 'short_id as shortId', 'region'])
              .where('account_id', '=', accountId)
              .where('type', '=', type)
              .where('native_id', '>', after)
              .where('vanished_at', 'is', null)
              .orderBy('native_id')
              .limit(resourcesPerPage)
              .execute(),
          );
          if (page.length > 0) yield page;
          if (page.length < resourcesPerPage) break;
          after = page.at(-1)?.nativeId ?? after;
        }
      }
    },

    async counts(scope, accountId, types) {
      const rows = await db.inTenant(scope, (tx) =>
        tx
          .selectFrom('inventory.resource')
          .select((eb) => ['type', eb.fn.countAll<string>().as('count')])
          .where('account_id', '=', accountId)
          .where(sql<boolean>`type = any(${[...types]})`)
          .where('vanished_at', 'is', null)
          .groupBy('type')
          .execute(),
      );
      return new Map(rows.map((row) => [row.type, Number(row.count)]));
    },

    async *relations(scope, accountId) {
      let after: EstateRelation = { resourceId: firstId, kind: '', targetNativeId: '' };
      for (;;) {
        const { resourceId, kind, targetNativeId } = after;
        const page = await db.inTenant(scope, (tx) =>
          sql<EstateRelation>`
            select resource_id as "resourceId", kind, target_native_id as "targetNativeId"
            from inventory.relation
            where account_id = ${accountId}
              and (resource_id, kind, target_native_id) > (${resourceId}::uuid, ${kind}, ${targetNativeId})
            order by resource_id, kind, target_native_id
            limit ${relationsPerPage}`.execute(tx),
        );
        if (page.rows.length > 0) yield page.rows;
        if (page.rows.length < relationsPerPage) return;
        after = page.rows.at(-1) ?? after;
      }
    },

    coverage(scope, accountId) {
      return db.inTenant(scope, async (tx) => {
        const run = await tx
          .selectFrom('inventory.sync_run')
          .select(['id', 'finished_at', 'problem'])
          .where('account_id', '=', accountId)
          .where('status', '!=', 'running')
          .orderBy('id', 'desc')
          .limit(1)
          .executeTakeFirst();
        if (run === undefined || run.finished_at === null) return null;
        const scopes = await tx
          .selectFrom('inventory.sync_scope')
          .select(['service', 'region', 'problems'])
          .where('run_id', '=', run.id)
          .execute();
        return { finishedAt: run.finished_at, problem: run.problem, scopes };
      });
    },
  };
}
