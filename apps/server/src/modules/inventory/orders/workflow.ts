import type { Connection } from '@cloudatlas/cloud/contract';
import { CloudError } from '@cloudatlas/cloud/errors';
import type { ResourceRef } from '@cloudatlas/cloud/resource';
import { loadProvider } from '@cloudatlas/cloud/registry';
import type { AccountsService } from '#modules/accounts/index.ts';
import type { Database } from '#platform/db/database.ts';
import { AppError } from '#platform/errors/app-error.ts';
import type { Platform } from '#platform/module.ts';
import { defineWorkflow, NonRetryableError, step, type StepContext } from '#platform/workflow/workflow.ts';
import type { InventoryTables } from '../tables.ts';
import { carryOutOrder } from './kind.ts';
import { orderProblem, type createOrderJournal, type OrderInput } from './journal.ts';
import type { OrderRow } from './present.ts';
import { refreshResource, refreshResources } from './refresh.ts';

type Input = { orderId: string };
type Journal = ReturnType<typeof createOrderJournal>;

interface ActResult {
  /** `allowed` for a passed dry run. */
  status: string;
  resources: ResourceRef[];
}

const lookEveryMs = 3_000;
const slowLookMs = 15_000;
/** After that the order needs a person: the provider accepted it and nothing came of it. */
const patienceMs = 30 * 60_000;

/**
 * Carries out an order: act on the provider, wait until it shows, bring the inventory up to date, close the order.
 * The order's id is the client token, so the provider does nothing twice; after a crash between sending and
 * recording, `reconcile` asks the provider whether it happened.
 */
export function createOrderWorkflow(platform: Pick<Platform, 'clock'>, db: Database<InventoryTables>, accounts: AccountsService, journal: Journal) {
  const { clock } = platform;

  /** Runs a part of a step; what the provider refuses for good ends the step at once. */
  async function guarded<R>(context: StepContext, input: Input, work: () => Promise<R>): Promise<R> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof CloudError || error instanceof AppError) {
        await journal.noteProblem(context.organizationId, input.orderId, orderProblem(error));
        const retryable = error instanceof CloudError && error.retryable && error.kind !== 'capacity';
        if (!retryable) throw new NonRetryableError(error.message, { cause: error });
      }
      throw error;
    }
  }

  async function resourceOf(order: OrderRow): Promise<ResourceRef> {
    const row = await db.inTenant({ organizationId: order.organization_id }, (tx) =>
      tx.selectFrom('inventory.resource').select(['type', 'native_id', 'short_id', 'region']).where('id', '=', order.resource_id ?? '').executeTakeFirst(),
    );
    if (row === undefined) throw new AppError('not_found', 'The resource is not in the inventory any more.');
    return { type: row.type, nativeId: row.native_id, id: row.short_id, region: row.region };
  }

  async function act(connection: Connection, order: OrderRow, { values, dryRun }: OrderInput, signal: AbortSignal): Promise<ActResult> {
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
    const done = await connection.operate({ operation: order.operation, resource, parameters: values, clientToken: order.id, dryRun, signal });
    return { status: done.status, resources: [resource, ...done.created] };
  }

  async function untilOf(order: OrderRow): Promise<readonly string[] | undefined> {
    const { provider: id } = await accounts.factsOf({ organizationId: order.organization_id }, order.account_id);
    const provider = await loadProvider(id);
    if (order.kind === 'creation') return provider.creatables.find((creatable) => creatable.id === order.operation)?.until;
    return provider.operations.find((operation) => operation.id === order.operation && operation.type === order.type)?.until;
  }

  return defineWorkflow<Input>({
    ...carryOutOrder,
    steps: [
      step<Input, ActResult>('act', {
        timeoutMs: 10 * 60_000,
        retry: { attempts: 5, delayMs: 2_000, maxDelayMs: 60_000 },
        run: (context, input) =>
          guarded(context, input, async () => {
            await journal.advance(context.organizationId, input.orderId, 'act');
            const { order, input: asked } = await journal.open(context.organizationId, input.orderId);
            const result = await accounts.withConnection({ organizationId: context.organizationId }, order.account_id, async (connection) => {
              try {
                return await act(connection, order, asked, context.signal);
              } catch (error) {
                if (error instanceof CloudError) for (const left of error.leftovers) await journal.noteCreated(order.organization_id, order.id, left);
                throw error;
              }
            });
            await journal.noteResult(context.organizationId, input.orderId, { status: result.status, resources: result.resources });
            return result;
          }),
        async reconcile(context, input) {
          const { order, input: asked } = await journal.open(context.organizationId, input.orderId);
          if (asked.dryRun) return undefined;
          const answer = await accounts.withConnection({ organizationId: context.organizationId }, order.account_id, async (connection) =>
            order.kind === 'creation'
              ? connection.reconcileCreate({ creatable: order.operation, region: order.region, input: asked.values, clientToken: order.id, signal: context.signal })
              : connection.reconcileOperation({ operation: order.operation, resource: await resourceOf(order), parameters: asked.values, clientToken: order.id, signal: context.signal }),
          );
          if (answer.happened !== 'yes') return undefined;
          return { result: { status: 'reconciled', resources: answer.resources.length > 0 ? answer.resources : [await resourceOf(order)] } };
        },
        /** After a failure: takes away what a creation left half made, and closes the order. */
        async undo(context, input, result) {
          if (result !== undefined) {
            // It was carried out; a later step could not see or write what came of it. Undoing it would be worse.
            const message = 'The provider carried it out, but its outcome could not be read. Synchronise the account to see it.';
            await journal.end(context.organizationId, input.orderId, 'needs_attention', message);
            return;
          }
          const order = await journal.get(context.organizationId, input.orderId);
          if (order.kind === 'creation' && order.created_resources.length > 0) await removeLeftovers(context, order);
          await journal.end(context.organizationId, input.orderId, 'failed', null);
        },
      }),
      step<Input, { reached: boolean }>('wait', {
        timeoutMs: 2 * 60_000,
        retry: { attempts: 10, delayMs: 2_000, maxDelayMs: 60_000 },
        async run(context, input, results) {
          await journal.advance(context.organizationId, input.orderId, 'wait');
          const order = await journal.get(context.organizationId, input.orderId);
          const acted = results.act as ActResult;
          const until = await untilOf(order);
          const [resource] = acted.resources;
          if (acted.status === 'allowed' || acted.status === 'already' || until === undefined || resource === undefined) return { reached: true };
          const state = await refreshResource({ clock, db, accounts }, order, resource, context.signal);
          if (until.includes(state)) return { reached: true };
          const waited = clock.now().getTime() - order.created_at.getTime();
          if (state === 'failed' || waited > patienceMs) return { reached: false };
          return context.sleepUntil(new Date(clock.now().getTime() + (waited < 120_000 ? lookEveryMs : slowLookMs)), `is ${state}`);
        },
      }),
      step<Input, { refreshed: number }>('refresh', {
        retry: { attempts: 5, delayMs: 2_000, maxDelayMs: 30_000 },
        async run(context, input, results) {
          await journal.advance(context.organizationId, input.orderId, 'refresh');
          const order = await journal.get(context.organizationId, input.orderId);
          const acted = results.act as ActResult;
          if (acted.status === 'allowed') return { refreshed: 0 };
          const refreshed = await refreshResources({ clock, db, accounts }, order, acted.resources, context.signal);
          return { refreshed };
        },
      }),
      step<Input, { status: string }>('close', {
        async run(context, input, results) {
          const { reached } = results.wait as { reached: boolean };
          const status = reached ? 'done' : 'needs_attention';
          const message = reached ? null : 'The provider accepted it, but it did not take effect in 30 minutes. Look at the resource at the provider.';
          await journal.end(context.organizationId, input.orderId, status, message);
          return { status };
        },
      }),
    ],
  });

  async function removeLeftovers(context: StepContext, order: OrderRow): Promise<void> {
    const scope = { organizationId: order.organization_id };
    await accounts.withConnection(scope, order.account_id, async (connection) => {
      for (const resource of order.created_resources.toReversed()) {
        const removal = connection.operations.find((operation) => operation.type === resource.type && (operation.id === 'delete' || operation.id === 'terminate'));
        if (removal === undefined) throw new Error(`${resource.nativeId} is left over and cannot be removed from here.`);
        try {
          await connection.operate({ operation: removal.id, resource, parameters: {}, clientToken: `undo-${order.id}`, signal: context.signal });
        } catch (error) {
          if (!(error instanceof CloudError) || error.kind !== 'not_found') throw error;
        }
      }
    });
  }
}
