import { AppError, messageOf } from '#platform/errors/app-error.ts';
import { defineWorkflow, NonRetryableError, step } from '#platform/workflow/workflow.ts';
import type { Fingerprint } from '../tables.ts';
import { takeBack } from './back.ts';
import { carry } from './carry.ts';
import { differenceOf, foundOf } from './found.ts';
import type { LoadedAction } from './journal.ts';
import { applyAction } from './kinds.ts';
import {
  attempt,
  guarded,
  halfWay,
  inspect,
  lost,
  refreshStep,
  retry,
  type Context,
  type Input,
  type WorkflowDeps,
} from './parts.ts';
import { failed, inForce, needsAttention } from './turnovers.ts';

/**
 * Applies an action: still as found? → keep what it was → each call, verified → in force. When a call fails, all
 * before it are taken back; when that fails too, a person is told what is true and what to do.
 */
export function createApplyWorkflow(deps: WorkflowDeps) {
  const { journal, outcomes } = deps;
  return defineWorkflow<Input>({
    ...applyAction,
    steps: [
      step<Input, null>('check', {
        retry,
        run: (context, { actionId }) =>
          guarded(deps, context, actionId, async (loaded, connection) => {
            if (loaded.action.status !== 'running') return null;
            const { action } = loaded;
            const now = await inspect(connection, action.resource, context.signal);
            const difference =
              now === undefined ? 'it is gone' : differenceOf(action.fingerprint, foundOf(now));
            if (now === undefined || difference !== null) {
              const message = `It changed since the scan: ${difference}. Nothing was done.`;
              await outcomes.turn(action, failed(message, 'expired', deps));
              throw new NonRetryableError(message);
            }
            await journal.keepBefore(action, now);
            return null;
          }),
        async undo(context, { actionId }) {
          const loaded = await journal.load(context.organizationId, actionId);
          if (loaded?.action.status !== 'running') return;
          const message = loaded.action.message ?? 'The resource could not be read. Nothing was done.';
          await outcomes.turn(loaded.action, failed(message, 'open', deps));
        },
      }),
      step<Input, null>('act', {
        retry,
        async run(context, { actionId }) {
          const loaded = await journal.load(context.organizationId, actionId);
          if (loaded?.action.status !== 'running') return null;
          await act(deps, context, loaded);
          return null;
        },
        undo: (context, { actionId }) => rollBack(deps, context, actionId),
      }),
      step<Input, { leftAs: Fingerprint | null }>('verify', {
        retry,
        run: (context, { actionId }) =>
          guarded(deps, context, actionId, async (loaded, connection) => {
            const { action } = loaded;
            const message = await lost(deps, context, connection, loaded);
            if (message !== null) throw new NonRetryableError(message);
            if (action.kind !== 'quarantine_delete') return { leftAs: null };
            const now = await connection.inspect(action.resource, context.signal);
            return { leftAs: foundOf(now) };
          }),
      }),
      step<Input, null>('close', {
        retry,
        async run(context, { actionId }, results) {
          const loaded = await journal.load(context.organizationId, actionId);
          if (loaded === undefined) return null;
          const { leftAs } = results['verify'] as { leftAs: Fingerprint | null };
          await outcomes.turn(loaded.action, inForce(deps, loaded, leftAs));
          return null;
        },
      }),
      refreshStep(deps),
    ],
  });
}

async function act(deps: WorkflowDeps, context: Context, loaded: LoadedAction): Promise<void> {
  const { action } = loaded;
  if (action.kind === 'schedule') {
    try {
      await deps.pairs.create(action);
    } catch (error) {
      // A limit or a name that is taken does not pass by itself, and the person should read which.
      if (!(error instanceof AppError)) throw error;
      await deps.journal.note(action, messageOf(error));
      throw new NonRetryableError(messageOf(error), { cause: error });
    }
    return;
  }
  for (const { position, later } of loaded.apply) {
    if (later) continue;
    // What the steps before made is known only now.
    const now = await deps.journal.load(action.organization_id, action.id);
    const each = now?.apply.find((candidate) => candidate.position === position);
    if (now === undefined || each === undefined) return;
    const created = now.apply.filter((earlier) => earlier.position < position).flatMap((e) => e.created);
    await carry(deps, context, action, each, created);
  }
}

/** After a failure on the way: everything back, and the action failed; else a person is told. */
async function rollBack(deps: WorkflowDeps, context: Context, actionId: string): Promise<void> {
  const loaded = await deps.journal.load(context.organizationId, actionId);
  if (loaded?.action.status !== 'running') return;
  const failedStep = loaded.apply.find(({ status }) => status === 'failed' || status === 'running');
  const reason = failedStep?.message ?? loaded.action.message ?? 'It could not be carried out.';
  const message = `${failedStep === undefined ? '' : `${failedStep.operation}: `}${reason} What was done was taken back.`;
  if (loaded.action.kind === 'schedule') {
    await deps.pairs.remove(loaded.action);
    await deps.outcomes.turn(loaded.action, failed(message, 'open', deps));
    return;
  }
  const result = await attempt(() =>
    takeBack(deps, context, loaded, (steps) => ({ until: halfWay(steps, deps) })),
  );
  const now = (await deps.journal.load(context.organizationId, actionId)) ?? loaded;
  await deps.outcomes.turn(
    loaded.action,
    result.kind === 'done'
      ? failed(message, 'open', deps)
      : needsAttention(deps, now, 'rollback', result.message),
  );
}
