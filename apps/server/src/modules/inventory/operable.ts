import type { Field, FieldValues } from '@cloudatlas/cloud/fields';
import { CloudError } from '@cloudatlas/cloud/errors';
import { loadProvider } from '@cloudatlas/cloud/registry';
import type { ResourceState } from '@cloudatlas/cloud/resource';
import type { AuditActor } from '#modules/audit/index.ts';
import { AppError } from '#platform/errors/app-error.ts';
import { sql } from 'kysely';
import type { Permission } from '@cloudatlas/contracts/permissions';
import type { OrderDesk } from './orders/place.ts';
import { readResource, type RefreshDeps } from './orders/refresh.ts';
import type { WorkspaceRef } from './scope-of.ts';
import { shownColumns } from './search/present.ts';

/** A resource as those see it who act on it by themselves. */
export interface OperableResource {
  id: string;
  name: string;
  provider: string;
  type: string;
  typeLabel: string;
  region: string;
  state: ResourceState;
  tags: Readonly<Record<string, string>>;
  /** Not at the provider any more. */
  gone: boolean;
  /** Since when its row is as it is. */
  changedAt: Date;
  /** List price of a month, where it can be told; decimal. */
  monthly: { amount: string; currency: string } | null;
  /** Operations of its type, with the fields of their parameters. */
  operations: readonly { id: string; parameters: readonly Field[] }[];
}

/** One operation on one resource that no person is there to confirm. */
export interface AutomaticOrder {
  resourceId: string;
  operation: string;
  parameters: FieldValues;
  /** 8–100 characters; the same key starts nothing twice. */
  key: string;
  /** On whose behalf: named in the audit log, and must still hold the permission. */
  by: { actor: AuditActor; userId: string | null; permissions: ReadonlySet<Permission> };
}

/** The order, or why there is none: a reason such as `state`, `pending`, `role`, `feature_off`, `not_found`, `invalid`. */
export type AutomaticAnswer = { orderId: string } | { refused: string; message: string | null };

export interface OrderOutcome {
  orderId: string;
  status: 'pending' | 'running' | 'done' | 'failed' | 'needs_attention';
  /** The provider had nothing to do. */
  already: boolean;
  message: string | null;
  finishedAt: Date | null;
}

/** What modules that act by themselves (schedules, savings) need of the inventory. */
export interface Operable {
  /**
   * Resources of a workspace by id (gone ones too) or by tags that all hold (only those that are there), by name.
   * A tag without value asks for the key alone. At most `limit`.
   */
  find(
    scope: WorkspaceRef,
    wanted: { ids: readonly string[] } | { tags: readonly { key: string; value: string | null }[] },
    limit: number,
  ): Promise<OperableResource[]>;
  /**
   * Reads resources at their providers and brings their rows to it, for those whose state decides. One that cannot be
   * read keeps its row. Not inside a transaction: it asks the network. @returns the resources as they are now
   */
  look(scope: WorkspaceRef, ids: readonly string[], signal: AbortSignal): Promise<OperableResource[]>;
  /** Places up to 500 orders of one workspace in one transaction. @returns the answers in their order */
  order(scope: WorkspaceRef, orders: readonly AutomaticOrder[]): Promise<AutomaticAnswer[]>;
  /** How orders stand; those that went with their account are left out. */
  outcomes(scope: WorkspaceRef, orderIds: readonly string[]): Promise<OrderOutcome[]>;
}

/** Resources that are read at their provider at once. */
const parallelLooks = 8;

export function createOperable(deps: RefreshDeps, desk: OrderDesk): Operable {
  const { db } = deps;
  return {
    find,

    async look(scope, ids, signal) {
      if (ids.length === 0) return [];
      const rows = await db.inTenant(scope, (tx) =>
        tx
          .selectFrom('inventory.resource')
          .select(['account_id', 'type', 'native_id', 'short_id', 'region'])
          .where('workspace_id', '=', scope.workspaceId)
          .where('id', 'in', [...ids])
          .execute(),
      );
      const waiting = [...rows];
      const reader = async (): Promise<void> => {
        for (let row = waiting.pop(); row !== undefined && !signal.aborted; row = waiting.pop()) {
          const owner = { organizationId: scope.organizationId, accountId: row.account_id };
          const ref = { type: row.type, nativeId: row.native_id, id: row.short_id, region: row.region };
          try {
            await readResource(deps, owner, ref, signal);
          } catch (error) {
            // An account that cannot be reached or refuses leaves what is known; anything else is a bug.
            if (!(error instanceof CloudError || error instanceof AppError)) throw error;
          }
        }
      };
      await Promise.all(Array.from({ length: parallelLooks }, reader));
      return find(scope, { ids }, ids.length);
    },

    async order(scope, orders) {
      if (orders.length === 0) return [];
      const requests = orders.map(({ by, ...order }) => ({
        ...order,
        by: { ...scope, ...by, ip: null, requestId: null },
        dryRun: false,
        typed: null,
      }));
      const answers = await desk.placeAll(scope, requests, { whole: false });
      return answers.map((answer) => {
        if ('row' in answer) return { orderId: answer.row.id };
        if ('refused' in answer) return { refused: answer.refused, message: null };
        return {
          refused: answer.error.code === 'forbidden' ? 'role' : 'invalid',
          message: answer.error.detail ?? null,
        };
      });
    },

    async outcomes(scope, orderIds) {
      if (orderIds.length === 0) return [];
      const rows = await db.inTenant(scope, (tx) =>
        tx
          .selectFrom('inventory.cloud_order')
          .select(['id', 'status', 'message', 'result', 'finished_at'])
          .where('workspace_id', '=', scope.workspaceId)
          .where('id', 'in', [...orderIds])
          .execute(),
      );
      return rows.map((row) => ({
        orderId: row.id,
        status: row.status,
        already: row.result?.status === 'already',
        message: row.message,
        finishedAt: row.finished_at,
      }));
    },
  };

  async function find(
    scope: WorkspaceRef,
    wanted: Parameters<Operable['find']>[1],
    limit: number,
  ): Promise<OperableResource[]> {
    if ('ids' in wanted ? wanted.ids.length === 0 : wanted.tags.length === 0) return [];
    const rows = await db.inTenant(scope, (tx) => {
      let select = tx
        .selectFrom('inventory.resource')
        .select(shownColumns)
        .where('workspace_id', '=', scope.workspaceId)
        .orderBy('name')
        .orderBy('id')
        .limit(limit);
      if ('ids' in wanted) return select.where('id', 'in', [...wanted.ids]).execute();
      select = select.where('vanished_at', 'is', null);
      for (const { key, value } of wanted.tags)
        select = select.where(
          value === null
            ? sql<boolean>`jsonb_exists(tags, ${key})`
            : sql<boolean>`tags @> ${JSON.stringify({ [key]: value })}::jsonb`,
        );
      return select.execute();
    });
    const catalogue = await catalogueOf(new Set(rows.map((row) => row.provider)));
    return rows.map((row) => ({
      id: row.id,
      name: row.name,
      provider: row.provider,
      type: row.type,
      typeLabel: catalogue.get(row.type)?.label ?? row.type,
      region: row.region,
      state: row.state,
      tags: row.tags,
      gone: row.vanished_at !== null || row.state === 'deleted' || row.state === 'deleting',
      changedAt: row.changed_at,
      monthly:
        row.monthly_amount === null || row.currency === null
          ? null
          : { amount: row.monthly_amount, currency: row.currency },
      operations: catalogue.get(row.type)?.operations ?? [],
    }));
  }
}

type Catalogue = Map<string, { label: string; operations: { id: string; parameters: readonly Field[] }[] }>;

/** Types of some providers with what can be done to them. */
async function catalogueOf(providers: ReadonlySet<string>): Promise<Catalogue> {
  const catalogue: Catalogue = new Map();
  for (const id of providers) {
    const provider = await loadProvider(id);
    for (const type of provider.services.flatMap((service) => service.resourceTypes))
      catalogue.set(type.id, { label: type.label, operations: [] });
    for (const { id: operation, type, parameters } of provider.operations)
      catalogue.get(type)?.operations.push({ id: operation, parameters });
  }
  return catalogue;
}
