import type { Connection } from '@cloudatlas/cloud/contract';
import { CloudError, type CloudErrorKind, type CloudProblem } from '@cloudatlas/cloud/errors';
import type { Reconciliation } from '@cloudatlas/cloud/operations';
import type { ResourceRef } from '@cloudatlas/cloud/resource';
import { loadProvider } from '@cloudatlas/cloud/registry';
import type { AccountsService } from '#modules/accounts/index.ts';
import type { Database } from '#platform/db/database.ts';
import { AppError, messageOf } from '#platform/errors/app-error.ts';
import type { Platform } from '#platform/module.ts';
import { defineWorkflow, NonRetryableError, step, type StepContext } from '#platform/workflow/workflow.ts';
import type { InventoryTables } from '../tables.ts';
import { carryOutOrder } from './kind.ts';
import { orderProblem, type createOrderJournal, type OrderInput } from './journal.ts';
import { removeLeftovers } from './leftovers.ts';
import type { OrderRow } from './present.ts';
import { refreshResource, refreshResources } from './refresh.ts';

type Input = { orderId: string };
type Journal = ReturnType<typeof createOrderJournal>;

/** Worth another try: the provider or the database may answer again. */
function isPassing(error: unknown): boolean {
  return error instanceof CloudError ? error.retryable : !(error instanceof AppError);
}

interface ActResult {
  /** `allowed` for a passed dry run. */
  status: string;
  resources: ResourceRef[];
}

const actAttempts = 5;
/** After these nobody knows whether the provider did it. */
const doubtful: ReadonlySet<CloudErrorKind> = new Set(['unavailable', 'unknown', 'aborted']);
const doubt: CloudProblem = {
  kind: 'unknown',
  message: 'The server was interrupted while the provider was asked; doing it again could do it twice.',
};
const lookEveryMs = 3_000;
const slowLookMs = 15_000;
/** After that the order needs a person: the provider accepted it and nothing came of it. */
const patienceMs = 30 * 60_000;

/**
 * Carries out an order: act on the provider, wait until it shows, bring the inventory up to date, close the order.
 * The order's id is the client token, so the provider does nothing twice; after a crash between sending and
 * recording, `reconcile` asks the provider whether it happened.
 */
export function createOrderWorkflow(
  platform: Pick<Platform, 'clock'>,
  db: Database<InventoryTables>,
  accounts: AccountsService,
  journal: Journal,
) {
  const { clock } = platform;

  /** Runs a part of a step; what the provider refuses for good ends the step at once. */
  async function guarded<R>(context: StepContext, input: Input, work: () => Promise<R>): Promise<R> {
    try {
      return await work();
    } catch (error) {
      // Ended from outside (shutdown, time-out) says nothing about the order: the next attempt asks.
      const ended = error instanceof CloudError && error.kind === 'aborted';
      if ((error instanceof CloudError || error instanceof AppError) && !ended) {
        await journal.noteProblem(context.organizationId, input.orderId, orderProblem(error));
        const retryable = error instanceof CloudError && error.retryable && error.kind !== 'capacity';
        if (!retryable) throw new NonRetryableError(error.message, { cause: error });
      }
      throw error;
    }
  }

  /** Runs a look at what came of it; what cannot get better by looking again ends the step at once. */
  async function looking<R>(work: () => Promise<R>): Promise<R> {
    try {
      return await work();
    } catch (error) {
      const final =
        error instanceof AppError ||
        (error instanceof CloudError && !error.retryable && error.kind !== 'aborted');
      throw final ? new NonRetryableError(messageOf(error), { cause: error }) : error;
    }
  }

  async function resourceOf(order: OrderRow): Promise<ResourceRef> {
    const row = await db.inTenant({ organizationId: order.organization_id }, (tx) =>
      tx
        .selectFrom('inventory.resource')
        .select(['type', 'native_id', 'short_id', 'region'])
        .where('id', '=', order.resource_id ?? '')
        .executeTakeFirst(),
    );
    if (row === undefined) throw new AppError('not_found', 'The resource is not in the inventory any more.');
    return { type: row.type, nativeId: row.native_id, id: row.short_id, region: row.region };
  }

  async function act(
    connection: Connection,
    order: OrderRow,
    { values, dryRun }: OrderInput,
    signal: AbortSignal,
  ): Promise<ActResult> {
    if (order.kind === 'creation') {
      const created = await connection.create({
        creatable: order.operation,
        region: order.region,
        input: values,
        clientToken: order.id,
        dryRun,
        signal,
        onCreated: (resource) => journal.noteCreated(order.organization_id, order.id, resource),
      });
      return { status: created.status, resources: created.resources };
    }
    const resource = await resourceOf(order);
    const done = await connection.operate({
      operation: order.operation,
      resource,
      parameters: values,
      clientToken: order.id,
      dryRun,
      signal,
    });
    return { status: done.status, resources: [resource, ...done.created] };
  }

  async function untilOf(order: OrderRow): Promise<readonly string[] | undefined> {
    const { provider: id } = await accounts.factsOf(
      { organizationId: order.organization_id },
      order.account_id,
    );
    const provider = await loadProvider(id);
    if (order.kind === 'creation')
      return provider.creatables.find((creatable) => creatable.id === order.operation)?.until;
    return provider.operations.find(
      (operation) => operation.id === order.operation && operation.type === order.type,
    )?.until;
  }

  return defineWorkflow<Input>({
    ...carryOutOrder,
    steps: [
      step<Input, ActResult>('act', {
        timeoutMs: 10 * 60_000,
        retry: { attempts: actAttempts, delayMs: 2_000, maxDelayMs: 60_000 },
        run: (context, input) =>
          guarded(context, input, async () => {
            await journal.advance(context.organizationId, input.orderId, 'act');
            const { order, input: asked } = await journal.open(context.organizationId, input.orderId);
            const result = await accounts.withConnection(
              { organizationId: context.organizationId },
              order.account_id,
              async (connection) => {
                try {
                  return await act(connection, order, asked, context.signal);
                } catch (error) {
                  if (error instanceof CloudError)
                    for (const left of error.leftovers)
                      await journal.noteCreated(order.organization_id, order.id, left);
                  throw error;
                }
              },
            );
            await journal.noteResult(context.organizationId, input.orderId, {
              status: result.status,
              resources: result.resources,
            });
            return result;
          }),
        reconcile: (context, input) =>
          guarded(context, input, async () => {
            const { order, input: asked } = await journal.open(context.organizationId, input.orderId);
            if (asked.dryRun) return undefined;
            const answer = await askWhether(context, order, asked);
            // Creating again with the same token makes nothing twice, and completes what was left half made.
            if (order.kind === 'creation' && answer.happened !== 'unknown') return undefined;
            if (answer.happened === 'yes')
              return { result: { status: 'reconciled', resources: [await resourceOf(order)] } };
            // Refused for rate means that nothing was done; after anything else only a person can tell.
            if (answer.happened === 'unknown' && order.problem?.kind !== 'throttled')
              throw new CloudError(doubt);
            return undefined;
          }),
        /** After a failure: takes away what a creation left half made, and closes the order. Always ends it. */
        async undo(context, input, result) {
          const order = await journal.find(context.organizationId, input.orderId);
          if (order === undefined) return;
          const end = (status: 'failed' | 'needs_attention', message: string | null) =>
            journal.end(context.organizationId, input.orderId, status, message);
          // It was carried out; a later step could not see or write what came of it. Undoing it would be worse.
          if (result !== undefined)
            return end(
              'needs_attention',
              'The provider carried it out, but its outcome could not be read. Synchronise the account to see it.',
            );
          try {
            const left = await leftOf(context, order);
            if (left === 'unknown')
              return await end(
                'needs_attention',
                `It is not known whether it happened. Look at the resource at the provider. ${order.problem?.message ?? ''}`.trim(),
              );
            if (left.length > 0) await removeLeftovers(accounts, context, order, left);
          } catch (error) {
            if (context.attempt < actAttempts && isPassing(error)) throw error;
            return end(
              'needs_attention',
              `Something may be left at the provider: ${order.created_resources.map((resource) => resource.id).join(', ')} ${messageOf(error)}`.slice(
                0,
                1000,
              ),
            );
          }
          await end('failed', null);
        },
      }),
      step<Input, { reached: boolean }>('wait', {
        timeoutMs: 2 * 60_000,
        retry: { attempts: 10, delayMs: 2_000, maxDelayMs: 60_000 },
        run: (context, input, results) =>
          looking(async () => {
            await journal.advance(context.organizationId, input.orderId, 'wait');
            const order = await journal.get(context.organizationId, input.orderId);
            const acted = results.act as ActResult;
            const until = await untilOf(order);
            const [resource] = acted.resources;
            if (
              acted.status === 'allowed' ||
              acted.status === 'already' ||
              until === undefined ||
              resource === undefined
            )
              return { reached: true };
            const state = await refreshResource({ clock, db, accounts }, order, resource, context.signal);
            if (until.includes(state)) return { reached: true };
            const waited = clock.now().getTime() - order.created_at.getTime();
            if (state === 'failed' || waited > patienceMs) return { reached: false };
            return context.sleepUntil(
              new Date(clock.now().getTime() + (waited < 120_000 ? lookEveryMs : slowLookMs)),
              `is ${state}`,
            );
          }),
      }),
      step<Input, { refreshed: number }>('refresh', {
        retry: { attempts: 5, delayMs: 2_000, maxDelayMs: 30_000 },
        run: (context, input, results) =>
          looking(async () => {
            await journal.advance(context.organizationId, input.orderId, 'refresh');
            const order = await journal.get(context.organizationId, input.orderId);
            const acted = results.act as ActResult;
            if (acted.status === 'allowed') return { refreshed: 0 };
            const refreshed = await refreshResources(
              { clock, db, accounts },
              order,
              acted.resources,
              context.signal,
            );
            return { refreshed };
          }),
      }),
      step<Input, { status: string }>('close', {
        async run(context, input, results) {
          const { reached } = results.wait as { reached: boolean };
          const status = reached ? 'done' : 'needs_attention';
          const message = reached
            ? null
            : 'The provider accepted it, but it did not take effect in 30 minutes. Look at the resource at the provider.';
          await journal.end(context.organizationId, input.orderId, status, message);
          return { status };
        },
      }),
    ],
  });

  async function askWhether(
    context: StepContext,
    order: OrderRow,
    { values }: OrderInput,
  ): Promise<Reconciliation> {
    return accounts.withConnection(
      { organizationId: order.organization_id },
      order.account_id,
      async (connection) =>
        order.kind === 'creation'
          ? connection.reconcileCreate({
              creatable: order.operation,
              region: order.region,
              input: values,
              clientToken: order.id,
              signal: context.signal,
            })
          : connection.reconcileOperation({
              operation: order.operation,
              resource: await resourceOf(order),
              parameters: values,
              clientToken: order.id,
              signal: context.signal,
            }),
    );
  }

  /** What a failed order may have left: resources of a creation, or `unknown` for an operation that may have happened. */
  async function leftOf(context: StepContext, order: OrderRow): Promise<readonly ResourceRef[] | 'unknown'> {
    const { input } = await journal.open(order.organization_id, order.id);
    const refused = order.problem !== null && !doubtful.has(order.problem.kind);
    // A refusal of the first call leaves nothing; one of a later call leaves what was noted.
    if (input.dryRun || (refused && order.created_resources.length === 0)) return [];
    const answer = await askWhether(context, order, input);
    if (order.kind === 'operation') return answer.happened === 'no' ? [] : 'unknown';
    if (answer.happened === 'unknown' && order.created_resources.length === 0) return 'unknown';
    const known = new Set(order.created_resources.map((resource) => resource.nativeId));
    return [
      ...order.created_resources,
      ...answer.resources.filter((resource) => !known.has(resource.nativeId)),
    ];
  }
}
