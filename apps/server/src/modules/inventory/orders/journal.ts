import { CloudError, type CloudProblem } from '@cloudatlas/cloud/errors';
import type { FieldValues } from '@cloudatlas/cloud/fields';
import type { ResourceRef } from '@cloudatlas/cloud/resource';
import type { AuditService } from '#modules/audit/index.ts';
import type { Database, TenantTx } from '#platform/db/database.ts';
import { AppError } from '#platform/errors/app-error.ts';
import type { Platform } from '#platform/module.ts';
import type { AccountsService } from '#modules/accounts/index.ts';
import type { InventoryTables } from '../tables.ts';
import { sealPlace } from './new-order.ts';
import { orderColumns, type OrderRow } from './present.ts';

type Tx = TenantTx<InventoryTables>;
type Final = 'done' | 'failed' | 'needs_attention';

/** What an order asks for, opened. */
export interface OrderInput {
  values: FieldValues;
  dryRun: boolean;
}

/** Reads and writes an order while its workflow runs. */
export function createOrderJournal(
  platform: Pick<Platform, 'clock' | 'envelope' | 'events'>,
  db: Database<InventoryTables>,
  accounts: AccountsService,
  audit: AuditService,
) {
  const { clock, envelope, events } = platform;

  async function load(tx: Tx, orderId: string): Promise<OrderRow> {
    const row = await tx
      .selectFrom('inventory.cloud_order')
      .select(orderColumns)
      .where('id', '=', orderId)
      .executeTakeFirst();
    if (row === undefined) throw new AppError('not_found', 'The order was not found.');
    return row;
  }

  function tell(tx: Tx, order: OrderRow): Promise<void> {
    const data = { workspaceId: order.workspace_id, orderId: order.id, resourceId: order.resource_id };
    return events.live.publish(tx, { organizationId: order.organization_id, topic: 'inventory.order', data });
  }

  return {
    /** Undefined when the order is gone, which it is when its account was disconnected. */
    find: (organizationId: string, orderId: string) =>
      db.inTenant({ organizationId }, (tx) =>
        tx
          .selectFrom('inventory.cloud_order')
          .select(orderColumns)
          .where('id', '=', orderId)
          .executeTakeFirst(),
      ),

    get: (organizationId: string, orderId: string) =>
      db.inTenant({ organizationId }, (tx) => load(tx, orderId)),

    /** The order with its secrets, for the step that sends them. */
    async open(organizationId: string, orderId: string): Promise<{ order: OrderRow; input: OrderInput }> {
      return db.inTenant({ organizationId }, async (tx) => {
        const order = await load(tx, orderId);
        const { sealed_input } = await tx
          .selectFrom('inventory.cloud_order')
          .select('sealed_input')
          .where('id', '=', orderId)
          .executeTakeFirstOrThrow();
        if (sealed_input === null) throw new AppError('conflict', 'The order has already ended.');
        const input = JSON.parse(
          await envelope.openText(tx, sealPlace(organizationId, orderId), sealed_input),
        ) as OrderInput;
        return { order, input };
      });
    },

    /** Notes the step that runs now; what went wrong before it no longer counts. */
    async advance(organizationId: string, orderId: string, step: string): Promise<void> {
      await db.inTenant({ organizationId }, async (tx) => {
        const order = await load(tx, orderId);
        await tx
          .updateTable('inventory.cloud_order')
          .set({ status: 'running', step, problem: null, message: null })
          .where('id', '=', orderId)
          .where('status', 'in', ['pending', 'running'])
          .execute();
        await tell(tx, order);
      });
    },

    /** Remembers a resource that exists because of the order, before anything else can go wrong. */
    async noteCreated(organizationId: string, orderId: string, resource: ResourceRef): Promise<void> {
      await db.inTenant({ organizationId }, async (tx) => {
        const { created_resources } = await load(tx, orderId);
        if (created_resources.some((known) => known.nativeId === resource.nativeId)) return;
        await tx
          .updateTable('inventory.cloud_order')
          .set({ created_resources: JSON.stringify([...created_resources, resource]) })
          .where('id', '=', orderId)
          .execute();
      });
    },

    async noteResult(
      organizationId: string,
      orderId: string,
      result: Record<string, unknown>,
    ): Promise<void> {
      await db.inTenant({ organizationId }, (tx) =>
        tx
          .updateTable('inventory.cloud_order')
          .set({ result: JSON.stringify(result) })
          .where('id', '=', orderId)
          .execute(),
      );
    },

    /** Notes what went wrong; the workflow decides whether that ends the order. */
    async noteProblem(organizationId: string, orderId: string, problem: CloudProblem): Promise<void> {
      await db.inTenant({ organizationId }, (tx) =>
        tx
          .updateTable('inventory.cloud_order')
          .set({ problem: JSON.stringify(problem), message: problem.message })
          .where('id', '=', orderId)
          .execute(),
      );
    },

    /** Ends an order once: forgets its secrets, audits the outcome, tells open pages. One that went with its account is left. */
    async end(organizationId: string, orderId: string, status: Final, message: string | null): Promise<void> {
      const order = await this.find(organizationId, orderId);
      if (order === undefined) return;
      const account = await accounts.factsOf({ organizationId }, order.account_id);
      await db.inTenant({ organizationId }, async (tx) => {
        const ended = await tx
          .updateTable('inventory.cloud_order')
          .set({
            status,
            step: null,
            finished_at: clock.now(),
            sealed_input: null,
            ...ending(status, message),
          })
          .where('id', '=', orderId)
          .where('status', 'in', ['pending', 'running'])
          .returning(orderColumns)
          .executeTakeFirst();
        if (ended === undefined) return;
        await audit.record(tx, {
          organizationId,
          action: order.kind === 'creation' ? 'resource.created' : `resource.${order.operation}`,
          outcome: status === 'done' ? 'success' : 'failure',
          actor: { kind: 'user', id: order.requested_by, label: order.requested_by_label },
          ip: order.ip,
          requestId: order.request_id,
          provider: account.provider,
          workspaceId: order.workspace_id,
          target: { type: order.type, id: order.resource_id, label: order.resource_name },
          details: {
            orderId,
            status,
            account: account.name,
            ...(order.shown_input.dryRun === true ? { dryRun: true } : {}),
            ...(ended.problem === null ? {} : { problem: ended.problem }),
            ...(ended.created_resources.length === 0
              ? {}
              : { created: ended.created_resources.map((resource) => resource.nativeId) }),
          },
        });
        await tell(tx, ended);
      });
    },
  };
}

/** What went wrong on the way does not count once it is done. */
function ending(status: Final, message: string | null) {
  if (status === 'done') return { problem: null, message };
  return message === null ? {} : { message };
}

/** Any error as the problem of an order. */
export function orderProblem(error: unknown): CloudProblem {
  if (error instanceof CloudError) return error.problem;
  if (error instanceof AppError) return { kind: 'conflict_state', message: error.message };
  return {
    kind: 'unknown',
    message: error instanceof Error ? error.message.slice(0, 300) : 'Unexpected error',
  };
}
