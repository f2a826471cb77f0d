import type { Feature } from '@cloudatlas/cloud/permissions';
import type { CreateBody, OperateBody, Order } from '@cloudatlas/contracts/inventory';
import { checkFields, type Field, type FieldValues } from '@cloudatlas/cloud/fields';
import type { FieldIssue } from '@cloudatlas/cloud/errors';
import { loadProvider } from '@cloudatlas/cloud/registry';
import type { z } from 'zod';
import type { AccountFacts, AccountsService } from '#modules/accounts/index.ts';
import { actorOf, type AuditService } from '#modules/audit/index.ts';
import { violates, type Database, type TenantTx } from '#platform/db/database.ts';
import { AppError, invalidField } from '#platform/errors/app-error.ts';
import type { WorkspaceContext } from '#platform/http/context.ts';
import { isId, newId } from '#platform/ids/ids.ts';
import type { Platform } from '#platform/module.ts';
import { scopeOf } from '../scope-of.ts';
import { shownColumns, type StoredResource } from '../search/present.ts';
import { pendingOrders } from '../search/search.ts';
import type { InventoryTables } from '../tables.ts';
import { blockOf, permissionFor } from './allowed.ts';
import { carryOutOrder } from './kind.ts';
import { orderColumns, presentOrder, shownInput, type OrderRow } from './present.ts';

type Tx = TenantTx<InventoryTables>;

/** Checks and writes orders; the workflow carries them out. */
export function createOrderDesk(
  platform: Pick<Platform, 'clock' | 'workflows' | 'envelope' | 'events'>,
  db: Database<InventoryTables>,
  accounts: AccountsService,
  audit: AuditService,
) {
  const { clock, workflows, envelope, events } = platform;

  /** Writes one order with its workflow and audit entry. @returns the earlier one for a repeated idempotency key */
  async function write(
    tx: Tx,
    context: WorkspaceContext,
    account: AccountFacts,
    order: NewOrder,
  ): Promise<OrderRow> {
    const scope = scopeOf(context);
    const id = newId();
    const { actor, ip, requestId } = actorOf(context);
    const sealed = await envelope.seal(
      tx,
      sealPlace(scope.organizationId, id),
      JSON.stringify({ values: order.values, dryRun: order.dryRun }),
    );
    const row = await tx
      .insertInto('inventory.cloud_order')
      .values({
        organization_id: scope.organizationId,
        id,
        workspace_id: scope.workspaceId,
        account_id: account.id,
        kind: order.kind,
        operation: order.operation,
        type: order.type,
        region: order.region,
        resource_id: order.resourceId,
        resource_name: order.resourceName,
        status: 'pending',
        step: null,
        message: null,
        problem: null,
        shown_input: JSON.stringify({ ...order.shown, ...(order.dryRun ? { dryRun: true } : {}) }),
        sealed_input: sealed,
        result: null,
        idempotency_key: order.idempotencyKey,
        requested_by: context.principal.userId,
        requested_by_label: actor.label,
        ip,
        request_id: requestId,
        created_at: clock.now(),
        finished_at: null,
      })
      .returning(orderColumns)
      .executeTakeFirstOrThrow();
    await workflows.start(tx, carryOutOrder, {
      organizationId: scope.organizationId,
      workspaceId: scope.workspaceId,
      key: `order ${id}`,
      input: { orderId: id },
      startedBy: context.principal.userId,
    });
    await audit.record(tx, {
      organizationId: scope.organizationId,
      action: `${order.kind === 'creation' ? 'resource.create' : `resource.${order.operation}`}_requested`,
      outcome: 'success',
      actor,
      ip,
      requestId,
      provider: account.provider,
      workspaceId: scope.workspaceId,
      target: { type: order.type, id: order.resourceId, label: order.resourceName },
      details: {
        orderId: id,
        account: account.name,
        region: order.region,
        input: order.shown,
        dryRun: order.dryRun,
      },
    });
    await events.live.publish(tx, {
      organizationId: scope.organizationId,
      topic: 'inventory.order',
      data: { workspaceId: scope.workspaceId, orderId: id, resourceId: order.resourceId },
    });
    return row;
  }

  async function findByKey(tx: Tx, workspaceId: string, key: string): Promise<OrderRow | undefined> {
    return tx
      .selectFrom('inventory.cloud_order')
      .select(orderColumns)
      .where('workspace_id', '=', workspaceId)
      .where('idempotency_key', '=', key)
      .executeTakeFirst();
  }

  return {
    /** Orders an operation on up to 200 resources; each is accepted or refused on its own. */
    async operate(
      context: WorkspaceContext,
      body: z.output<typeof OperateBody>,
    ): Promise<{ orders: Order[]; refused: { resourceId: string; reason: string }[] }> {
      const scope = scopeOf(context);
      const resourceIds = [...new Set(body.resourceIds)];
      const rows = await db.inTenant(scope, (tx) =>
        tx
          .selectFrom('inventory.resource')
          .select(shownColumns)
          .where('workspace_id', '=', scope.workspaceId)
          .where('id', 'in', resourceIds)
          .execute(),
      );
      const found = new Map(rows.map((row) => [row.id, row]));
      const facts = new Map(
        (await accounts.listFacts(scope, scope.workspaceId)).map((account) => [account.id, account]),
      );
      const refused: { resourceId: string; reason: string }[] = [];
      const ready: (Checked & { account: AccountFacts })[] = [];
      // All are checked before the first is ordered: a request that fails has started nothing.
      for (const resourceId of resourceIds) {
        const row = found.get(resourceId);
        const account = row === undefined ? undefined : facts.get(row.account_id);
        const checked =
          row === undefined || account === undefined
            ? 'not_found'
            : await check(context, body, row, account, resourceIds.length);
        if (typeof checked === 'string') refused.push({ resourceId, reason: checked });
        else if (account !== undefined) ready.push({ ...checked, account });
      }
      const orders: Order[] = [];
      for (const { account, earlier, order } of ready) {
        const outcome = earlier ?? (await place(context, account, order));
        if (typeof outcome === 'string')
          refused.push({ resourceId: order.resourceId ?? '', reason: outcome });
        else orders.push(presentOrder(outcome, account));
      }
      return { orders, refused };
    },

    /** Orders a creation. @throws AppError `validation_failed` naming the fields of the form */
    async create(context: WorkspaceContext, body: z.output<typeof CreateBody>): Promise<Order> {
      const scope = scopeOf(context);
      const account = await usableAccount(accounts, scope, body.accountId, 'create');
      const provider = await loadProvider(account.provider);
      const creatable = provider.creatables.find((candidate) => candidate.id === body.creatable);
      if (creatable === undefined) throw invalidField('body.creatable', 'cannot be created in this account');
      if (body.dryRun && !creatable.dryRun)
        throw invalidField('body.dryRun', 'the provider cannot check this without creating it');
      const { values, issues } = checkFields(creatable.fields, body.input);
      if (issues.length > 0) throw fieldErrors('body.input', issues);
      const name = nameIn(creatable.fields, values) ?? creatable.label;
      const order: NewOrder = {
        kind: 'creation',
        operation: creatable.id,
        type: creatable.type,
        region: body.region,
        resourceId: null,
        resourceName: name.slice(0, 1024),
        values,
        shown: shownInput(creatable.fields, values),
        dryRun: body.dryRun,
        idempotencyKey: body.idempotencyKey ?? null,
      };
      try {
        return presentOrder(await db.inTenant(scope, (tx) => write(tx, context, account, order)), account);
      } catch (error) {
        const key = body.idempotencyKey;
        if (key === undefined || !violates(error, 'cloud_order_once')) throw error;
        const earlier = await db.inTenant(scope, (tx) => findByKey(tx, scope.workspaceId, key));
        if (earlier === undefined) throw error;
        if (earlier.operation !== creatable.id || earlier.account_id !== account.id)
          throw new AppError('idempotency_mismatch');
        return presentOrder(earlier, account);
      }
    },
  };

  /** @returns what to order, or why it cannot be */
  async function check(
    context: WorkspaceContext,
    body: z.output<typeof OperateBody>,
    row: StoredResource,
    account: AccountFacts,
    selected: number,
  ): Promise<Checked | string> {
    const scope = scopeOf(context);
    const provider = await loadProvider(account.provider);
    const operation = provider.operations.find(
      (candidate) => candidate.id === body.operation && candidate.type === row.type,
    );
    if (operation === undefined) return 'unsupported';
    if (body.dryRun && !operation.dryRun) return 'dry_run_unsupported';
    const key = body.idempotencyKey === undefined ? null : `${body.idempotencyKey}/${row.id}`;
    const { pending, earlier } = await db.inTenant(scope, async (tx) => ({
      pending: await pendingOrders(tx, [row.id]),
      earlier: key === null ? undefined : await findByKey(tx, scope.workspaceId, key),
    }));
    if (earlier !== undefined && earlier.operation !== operation.id)
      throw new AppError('idempotency_mismatch');
    const resource = {
      state: row.state,
      vanishedAt: row.vanished_at?.toISOString() ?? null,
      pendingOrder: pending.get(row.id) ?? null,
    };
    const blocked = blockOf(operation, resource, account, context.organization.permissions);
    if (blocked === 'role')
      throw new AppError('forbidden', 'Your role does not allow this.', {
        meta: { permission: permissionFor(operation) },
      });
    if (blocked !== null && earlier === undefined) return blocked;
    if (
      !body.dryRun &&
      operation.confirm === 'typed' &&
      body.confirm !== (selected === 1 ? row.name : String(selected))
    ) {
      throw invalidField(
        'body.confirm',
        selected === 1 ? 'type the name of the resource' : 'type the number of resources',
        'mismatch',
      );
    }
    const { values, issues } = checkFields(operation.parameters, body.parameters);
    if (issues.length > 0) throw fieldErrors('body.parameters', issues);
    const order: NewOrder = {
      kind: 'operation',
      operation: operation.id,
      type: row.type,
      region: row.region,
      resourceId: row.id,
      resourceName: row.name,
      values,
      shown: shownInput(operation.parameters, values),
      dryRun: body.dryRun,
      idempotencyKey: key,
    };
    return { order, earlier };
  }

  /** @returns the order, or why there is none */
  async function place(
    context: WorkspaceContext,
    account: AccountFacts,
    order: NewOrder,
  ): Promise<OrderRow | string> {
    const scope = scopeOf(context);
    try {
      return await db.inTenant(scope, (tx) => write(tx, context, account, order));
    } catch (error) {
      const key = order.idempotencyKey;
      if (key !== null && violates(error, 'cloud_order_once'))
        return (await db.inTenant(scope, (tx) => findByKey(tx, scope.workspaceId, key))) ?? 'pending';
      // Somebody else's order on the same resource was a moment faster.
      if (violates(error, 'cloud_order_open')) return 'pending';
      throw error;
    }
  }
}

interface Checked {
  order: NewOrder;
  /** The order that an equal idempotency key gave before. */
  earlier: OrderRow | undefined;
}

/** What the form calls the new resource: its `name`, else its first required text (a bucket's name, an identifier). */
function nameIn(fields: readonly Field[], values: FieldValues): string | undefined {
  const field =
    fields.find(({ name }) => name === 'name') ??
    fields.find(({ kind, required }) => kind === 'text' && required);
  const value = field === undefined ? undefined : values[field.name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

interface NewOrder {
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

/** An account of this workspace that is enabled and lets CloudAtlas do this. */
export async function usableAccount(
  accounts: AccountsService,
  scope: { organizationId: string; workspaceId: string },
  accountId: string,
  feature: Feature,
): Promise<AccountFacts> {
  const account = isId(accountId) ? await accounts.factsOf(scope, accountId) : undefined;
  if (account === undefined || account.workspaceId !== scope.workspaceId)
    throw new AppError('not_found', 'The account was not found.');
  if (!account.enabled) throw new AppError('conflict', `The account ${account.name} is disabled.`);
  if (!account.features.includes(feature))
    throw new AppError('conflict', `Creating is switched off for ${account.name}.`);
  return account;
}

function fieldErrors(place: string, issues: readonly FieldIssue[]): AppError {
  const errors = issues.map((issue) => ({
    path: `${place}.${issue.field}`,
    code: 'invalid',
    message: issue.message,
  }));
  return new AppError(
    'validation_failed',
    `Check ${issues
      .map((issue) => issue.field)
      .slice(0, 5)
      .join(', ')}.`,
    { errors },
  );
}
