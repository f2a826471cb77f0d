import type { Connection } from '@cloudatlas/cloud/contract';
import { CloudError } from '@cloudatlas/cloud/errors';
import type { Resource, ResourceRef } from '@cloudatlas/cloud/resource';
import { AppError, messageOf } from '#platform/errors/app-error.ts';
import { NonRetryableError, step, type StepContext } from '#platform/workflow/workflow.ts';
import type { TakenBack } from './back.ts';
import { askWhether, type Engine } from './carry.ts';
import type { LoadedAction } from './journal.ts';
import type { Outcomes } from './outcome.ts';
import type { PairKeeper } from './pairs.ts';
import { descriptorOf } from './plan.ts';
import type { ActionRecord, StepRecord } from './tables.ts';

/* What the workflows of actions have in common. */

export type Input = { actionId: string };
/** What a step of a workflow uses of its context. */
export type Context = Pick<StepContext, 'organizationId' | 'signal' | 'sleepUntil' | 'log'>;

export interface WorkflowDeps extends Engine {
  outcomes: Outcomes;
  pairs: PairKeeper;
  /** Brings the inventory to what an action touched. */
  refresh(action: ActionRecord, refs: readonly ResourceRef[], signal: AbortSignal): Promise<void>;
}

/** Half way, a sold out type is waited for no longer than this before a person is told. */
const halfWayRoomMs = 15 * 60_000;
export const retry = { attempts: 5, delayMs: 2_000, maxDelayMs: 60_000 };

export function halfWay(steps: readonly StepRecord[], { clock }: WorkflowDeps): Date {
  const since = steps.find(({ status }) => status === 'running')?.started_at ?? clock.now();
  return new Date(since.getTime() + halfWayRoomMs);
}

/** An effect of the action that is not there any more, as a sentence; null when all are. */
export async function lost(
  deps: WorkflowDeps,
  context: Context,
  connection: Connection,
  loaded: LoadedAction,
): Promise<string | null> {
  const done = loaded.apply.filter(({ status }) => status === 'done');
  for (const [index, each] of done.entries()) {
    const descriptor = descriptorOf(connection.operations, each.target.type, each.operation);
    // A state that a later step left again (stopped, to be started) is no lasting effect.
    if (descriptor?.until !== undefined && index < done.length - 1) continue;
    const created = done.slice(0, index).flatMap((earlier) => earlier.created);
    const answer = await askWhether(deps, context, connection, each, created);
    if (answer.happened === 'no') return `${each.operation} is not in effect (${answer.evidence}).`;
  }
  return null;
}

/** Whatever ends taking back for good is an answer, not an error. */
export async function attempt(work: () => Promise<TakenBack>): Promise<TakenBack> {
  try {
    return await work();
  } catch (error) {
    const final = error instanceof AppError || (error instanceof CloudError && !error.retryable);
    if (!final || (error instanceof CloudError && error.kind === 'aborted')) throw error;
    return { kind: 'half', message: messageOf(error) };
  }
}

/** Reads at the provider for a step; what cannot get better by asking again ends the step, and is noted. */
export async function guarded<R>(
  deps: WorkflowDeps,
  context: Context,
  actionId: string,
  work: (loaded: LoadedAction, connection: Connection) => Promise<R>,
): Promise<R> {
  const loaded = await deps.journal.load(context.organizationId, actionId);
  if (loaded === undefined) throw new NonRetryableError('The action is gone.');
  const { action } = loaded;
  try {
    return await deps.accounts.withConnection(
      { organizationId: action.organization_id },
      action.account_id,
      (connection) => work(loaded, connection),
    );
  } catch (error) {
    const provider = error instanceof CloudError;
    if (provider && error.kind === 'aborted') throw error;
    if (!provider && !(error instanceof AppError)) throw error;
    await deps.journal.note(action, messageOf(error));
    throw provider && error.retryable ? error : new NonRetryableError(messageOf(error), { cause: error });
  }
}

export function refreshStep(deps: WorkflowDeps) {
  return step<Input, null>('refresh', {
    retry,
    async run(context, { actionId }) {
      const loaded = await deps.journal.load(context.organizationId, actionId);
      if (loaded === undefined || loaded.action.kind === 'schedule') return null;
      const touched = [...loaded.apply, ...loaded.undo].flatMap(({ target, created }) => [
        target,
        ...created,
      ]);
      const byId = new Map(touched.map((ref) => [ref.nativeId, ref]));
      try {
        await deps.refresh(loaded.action, [...byId.values()], context.signal);
      } catch (error) {
        const final = error instanceof AppError || (error instanceof CloudError && !error.retryable);
        if (!final || (error instanceof CloudError && error.kind === 'aborted')) throw error;
        // The action is over; the next synchronisation shows what this could not.
        context.log.warn({ actionId, reason: messageOf(error) }, 'the inventory was not brought up to date');
      }
      return null;
    },
  });
}

export async function inspect(
  connection: Connection,
  ref: ResourceRef,
  signal: AbortSignal,
): Promise<Resource | undefined> {
  try {
    return await connection.inspect(ref, signal);
  } catch (error) {
    if (error instanceof CloudError && error.kind === 'not_found') return undefined;
    throw error;
  }
}
