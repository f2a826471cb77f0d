import type { Feature } from '@cloudatlas/cloud/permissions';
import type { CreateBody, OperateBody, Order } from '@cloudatlas/contracts/inventory';
import { checkFields, type Field, type FieldValues } from '@cloudatlas/cloud/fields';
import type { FieldIssue } from '@cloudatlas/cloud/errors';
import { loadProvider } from '@cloudatlas/cloud/registry';
import type { z } from 'zod';
import type { AccountFacts, AccountsService } from '#modules/accounts/index.ts';
import type { AuditInput, AuditService } from '#modules/audit/index.ts';
import type { Database, TenantTx } from '#platform/db/database.ts';
import { AppError, invalidField } from '#platform/errors/app-error.ts';
import { isId, newId } from '#platform/ids/ids.ts';
import type { Platform } from '#platform/module.ts';
import { shownColumns, type StoredResource } from '../search/present.ts';
import { pendingOrders } from '../search/search.ts';
import type { WorkspaceRef } from '../scope-of.ts';
import type { InventoryTables } from '../tables.ts';
import { blockOf, permissionFor } from './allowed.ts';
import { carryOutOrder } from './kind.ts';
import { newRow, sealPlace, type NewOrder } from './new-order.ts';
import type { Orderer } from './orderer.ts';
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

  /**
   * Writes orders with their workflows and audit entries. One that cannot be, because its idempotency key is used or
   * its resource has an open order, is left out.
   *
   * All rows go in before anything else is locked, in the order of their resources: two such transactions, or one and
   * a single order, never wait for each other in a circle.
   */
  async function write(tx: Tx, placed: readonly Placed[]): Promise<Map<NewOrder, OrderRow>> {
    const ready = placed
      .map((one) => ({ ...one, id: newId() }))
      .toSorted((a, b) => ((a.order.resourceId ?? '') < (b.order.resourceId ?? '') ? -1 : 1));
    const [first] = ready;
    if (first === undefined) return new Map();
    const { organizationId, workspaceId } = first.by;
    const sealed = await envelope.sealAll(
      tx,
      organizationId,
      ready.map(({ order, id }) => ({
        place: sealPlace(organizationId, id),
        plaintext: JSON.stringify({ values: order.values, dryRun: order.dryRun }),
      })),
    );
    const values = ready.map(({ by, order, account, id }, index) =>
      newRow(by, account, order, id, sealed[index] ?? Buffer.of(), clock.now()),
    );
    const rows = await tx
      .insertInto('inventory.cloud_order')
      .values(values)
      .onConflict((conflict) => conflict.doNothing())
      .returning(orderColumns)
      .execute();
    const inserted = new Map(rows.map((row) => [row.id, row]));
    const written = ready.filter(({ id }) => inserted.has(id));
    await workflows.startAll(
      tx,
      carryOutOrder,
      written.map(({ by, id }) => ({
        organizationId,
        workspaceId,
        key: `order ${id}`,
        input: { orderId: id },
        ...(by.userId === null ? {} : { startedBy: by.userId }),
      })),
    );
    await audit.recordAll(tx, written.map(requested));
    for (const { order, id } of written.slice(0, toldOneByOne))
      await events.live.publish(tx, {
        organizationId,
        topic: 'inventory.order',
        data: { workspaceId, orderId: id, resourceId: order.resourceId },
      });
    return new Map(
      written.flatMap(({ order, id }) => {
        const row = inserted.get(id);
        return row === undefined ? [] : [[order, row]];
      }),
    );
  }

  async function findByKeys(tx: Tx, workspaceId: string, keys: readonly string[]): Promise<OrderRow[]> {
    if (keys.length === 0) return [];
    return tx
      .selectFrom('inventory.cloud_order')
      .select(orderColumns)
      .where('workspace_id', '=', workspaceId)
      .where('idempotency_key', 'in', [...keys])
      .execute();
  }

  /**
   * Checks and writes orders of one workspace in two transactions, however many there are.
   * @returns the answers in the order of the requests; when one is an error and `whole` is set, nothing was started
   */
  async function placeAll(
    scope: WorkspaceRef,
    requests: readonly OperationRequest[],
    { whole }: { whole: boolean },
  ): Promise<Answer[]> {
    const resourceIds = [...new Set(requests.map((request) => request.resourceId))];
    const keys = requests.map((request) => request.key).filter((key) => key !== null);
    const { rows, pending, known } = await db.inTenant(scope, async (tx) => ({
      rows: await tx
        .selectFrom('inventory.resource')
        .select(shownColumns)
        .where('workspace_id', '=', scope.workspaceId)
        .where('id', 'in', resourceIds)
        .execute(),
      pending: await pendingOrders(tx, resourceIds),
      known: await findByKeys(tx, scope.workspaceId, keys),
    }));
    const found = new Map(rows.map((row) => [row.id, row]));
    const earlierOf = new Map(known.map((row) => [row.idempotency_key, row]));
    const facts = new Map(
      (await accounts.listFacts(scope, scope.workspaceId)).map((account) => [account.id, account]),
    );
    const ready: Placed[] = [];
    const checked: (Answer | Placed)[] = [];
    for (const request of requests) {
      const row = found.get(request.resourceId);
      const account = row === undefined ? undefined : facts.get(row.account_id);
      const earlier = request.key === null ? undefined : earlierOf.get(request.key);
      const answer =
        row === undefined || account === undefined
          ? { refused: 'not_found' }
          : await check(request, row, account, earlier, pending.get(row.id) ?? null);
      checked.push(answer);
      if ('placed' in answer) ready.push(answer);
    }
    if (whole && checked.some((answer) => 'error' in answer))
      return checked.filter((answer) => 'error' in answer);
    if (ready.length === 0) return checked as Answer[];
    // Somebody else's order on the same resource, or the same request, may have been a moment faster.
    const { written, faster } = await db.inTenant(scope, async (tx) => ({
      written: await write(tx, ready),
      faster: new Map(
        (await findByKeys(tx, scope.workspaceId, keys)).map((row) => [row.idempotency_key, row]),
      ),
    }));
    return checked.map((answer) => {
      if (!('placed' in answer)) return answer;
      const { order, account } = answer;
      const row =
        written.get(order) ?? (order.idempotencyKey === null ? undefined : faster.get(order.idempotencyKey));
      return row === undefined ? { refused: 'pending' } : { row, account };
    });
  }

  return {
    placeAll,

    /** Orders an operation on up to 200 resources; each is accepted or refused on its own. */
    async operate(
      by: Orderer,
      body: z.output<typeof OperateBody>,
    ): Promise<{ orders: Order[]; refused: { resourceId: string; reason: string }[] }> {
      const resourceIds = [...new Set(body.resourceIds)];
      const requests = resourceIds.map((resourceId) => ({
        by,
        resourceId,
        operation: body.operation,
        parameters: body.parameters,
        dryRun: body.dryRun,
        typed: { text: body.confirm, selected: resourceIds.length },
        key: body.idempotencyKey === undefined ? null : `${body.idempotencyKey}/${resourceId}`,
      }));
      const answers = await placeAll(by, requests, { whole: true });
      const orders: Order[] = [];
      const refused: { resourceId: string; reason: string }[] = [];
      for (const [index, answer] of answers.entries()) {
        if ('error' in answer) throw answer.error;
        if ('refused' in answer)
          refused.push({ resourceId: resourceIds[index] ?? '', reason: answer.refused });
        else orders.push(presentOrder(answer.row, answer.account));
      }
      return { orders, refused };
    },

    /** Orders a creation. @throws AppError `validation_failed` naming the fields of the form */
    async create(by: Orderer, body: z.output<typeof CreateBody>): Promise<Order> {
      const account = await usableAccount(accounts, by, body.accountId, 'create');
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
      const { row, earlier } = await db.inTenant(by, async (tx) => {
        const written = (await write(tx, [{ placed: true, by, order, account }])).get(order);
        const keys = body.idempotencyKey === undefined ? [] : [body.idempotencyKey];
        return {
          row: written,
          earlier: written === undefined ? (await findByKeys(tx, by.workspaceId, keys))[0] : undefined,
        };
      });
      if (row !== undefined) return presentOrder(row, account);
      if (earlier === undefined || earlier.operation !== creatable.id || earlier.account_id !== account.id)
        throw new AppError('idempotency_mismatch');
      return presentOrder(earlier, account);
    },
  };

  async function check(
    request: OperationRequest,
    row: StoredResource,
    account: AccountFacts,
    earlier: OrderRow | undefined,
    pendingOrder: { id: string; operation: string } | null,
  ): Promise<Answer | Placed> {
    const { by, dryRun, typed } = request;
    const provider = await loadProvider(account.provider);
    const operation = provider.operations.find(
      (candidate) => candidate.id === request.operation && candidate.type === row.type,
    );
    if (operation === undefined) return { refused: 'unsupported' };
    if (dryRun && !operation.dryRun) return { refused: 'dry_run_unsupported' };
    if (earlier !== undefined && earlier.operation !== operation.id)
      return { error: new AppError('idempotency_mismatch') };
    const resource = {
      state: row.state,
      vanishedAt: row.vanished_at?.toISOString() ?? null,
      pendingOrder,
    };
    const blocked = blockOf(operation, resource, account, by.permissions);
    if (blocked === 'role')
      return {
        error: new AppError('forbidden', 'Your role does not allow this.', {
          meta: { permission: permissionFor(operation) },
        }),
      };
    if (blocked !== null && earlier === undefined) return { refused: blocked };
    if (
      !dryRun &&
      operation.confirm === 'typed' &&
      typed?.text !== (typed?.selected === 1 ? row.name : String(typed?.selected))
    ) {
      return {
        error: invalidField(
          'body.confirm',
          typed?.selected === 1 ? 'type the name of the resource' : 'type the number of resources',
          'mismatch',
        ),
      };
    }
    const { values, issues } = checkFields(operation.parameters, request.parameters);
    if (issues.length > 0) return { error: fieldErrors('body.parameters', issues) };
    if (earlier !== undefined) return { row: earlier, account };
    const order: NewOrder = {
      kind: 'operation',
      operation: operation.id,
      type: row.type,
      region: row.region,
      resourceId: row.id,
      resourceName: row.name,
      values,
      shown: shownInput(operation.parameters, values),
      dryRun,
      idempotencyKey: request.key,
    };
    return { placed: true, by, order, account };
  }
}

/** Of many orders at once the pages that are open are told of the first: they read the list again. */
const toldOneByOne = 5;

/** The audit entry of an order that was asked for. */
function requested({ by, order, account, id }: Placed & { id: string }): AuditInput {
  return {
    organizationId: by.organizationId,
    action: `${order.kind === 'creation' ? 'resource.create' : `resource.${order.operation}`}_requested`,
    outcome: 'success',
    actor: by.actor,
    ip: by.ip,
    requestId: by.requestId,
    provider: account.provider,
    workspaceId: by.workspaceId,
    target: { type: order.type, id: order.resourceId, label: order.resourceName },
    details: {
      orderId: id,
      account: account.name,
      region: order.region,
      input: order.shown,
      dryRun: order.dryRun,
    },
  };
}

export type OrderDesk = ReturnType<typeof createOrderDesk>;

/** One operation on one resource, as it is asked for. */
export interface OperationRequest {
  by: Orderer;
  resourceId: string;
  operation: string;
  parameters: FieldValues;
  dryRun: boolean;
  /** What the person typed to confirm, and how many resources were selected; null where no person is there to type. */
  typed: { text: string | undefined; selected: number } | null;
  /** Makes a repeated request start nothing twice. */
  key: string | null;
}

/** The order, or why there is none. */
export type Answer = { row: OrderRow; account: AccountFacts } | { refused: string } | { error: AppError };

/** Checked and to be written. */
interface Placed {
  placed: true;
  by: Orderer;
  order: NewOrder;
  account: AccountFacts;
}

/** What the form calls the new resource: its `name`, else its first required text (a bucket's name, an identifier). */
function nameIn(fields: readonly Field[], values: FieldValues): string | undefined {
  const field =
    fields.find(({ name }) => name === 'name') ??
    fields.find(({ kind, required }) => kind === 'text' && required);
  const value = field === undefined ? undefined : values[field.name];
  return typeof value === 'string' && value !== '' ? value : undefined;
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
