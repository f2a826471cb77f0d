import { defineWorkflow, step } from '#platform/workflow/workflow.ts';
import { takeBack, type TakenBack } from './back.ts';
import type { Room } from './carry.ts';
import type { LoadedAction } from './journal.ts';
import { undoAction } from './kinds.ts';
import { undoerOf, type Turnover } from './outcome.ts';
import {
  attempt,
  halfWay,
  lost,
  refreshStep,
  retry,
  type Context,
  type Input,
  type WorkflowDeps,
} from './parts.ts';
import type { ActionRecord, Status, StepRecord } from './tables.ts';
import { needsAttention, undone } from './turnovers.ts';

/** Takes an applied action back, or one that needs attention as far as it can be. */
export function createUndoWorkflow(deps: WorkflowDeps) {
  const { journal, outcomes } = deps;
  return defineWorkflow<Input>({
    ...undoAction,
    steps: [
      step<Input, null>('act', {
        retry,
        run: (context, { actionId }) => undo(deps, context, actionId),
        /** The program itself failed: whatever is true, a person must know. */
        async undo(context, { actionId }) {
          const loaded = await journal.load(context.organizationId, actionId);
          if (loaded === undefined || !isUndoing(loaded.action)) return;
          await outcomes.turn(loaded.action, needsAttention(deps, loaded, 'interrupted', ''));
        },
      }),
      refreshStep(deps),
    ],
  });
}

async function undo(deps: WorkflowDeps, context: Context, actionId: string): Promise<null> {
  const { journal, outcomes } = deps;
  const loaded = await journal.load(context.organizationId, actionId);
  if (loaded === undefined || !isUndoing(loaded.action)) return null;
  const { action } = loaded;
  if (action.kind === 'schedule') {
    await deps.pairs.remove(action);
    await outcomes.turn(action, undone(deps, action));
    return null;
  }
  const result = await attempt(async () => {
    const untouched = loaded.undo.length === 0 && before(action) === 'applied';
    const changed = untouched
      ? await deps.accounts.withConnection(
          { organizationId: action.organization_id },
          action.account_id,
          (connection) => lost(deps, context, connection, loaded),
        )
      : null;
    if (changed !== null)
      return {
        kind: 'nothing' as const,
        message: `Somebody changed it since: ${changed} Undo would overwrite that, so nothing was done.`,
      };
    return takeBack(deps, context, loaded, (steps) => undoRoom(deps, action, steps));
  });
  const now = (await journal.load(context.organizationId, actionId)) ?? loaded;
  await outcomes.turn(now.action, afterUndo(deps, now, result));
  if (result.kind === 'nothing') await journal.forgetUndo(action);
  return null;
}

function afterUndo(deps: WorkflowDeps, loaded: LoadedAction, result: TakenBack): Turnover {
  const { action } = loaded;
  if (result.kind === 'done') return undone(deps, action);
  const actor = undoerOf(action);
  // What waits for its deletion must not be deleted because taking it back failed.
  if (result.kind === 'half' || before(action) !== 'applied')
    return { ...needsAttention(deps, loaded, 'undo', result.message), actor };
  return {
    from: ['undoing', 'applied'],
    to: 'applied',
    set: { message: result.message, undo_pending: false },
    audit: 'undo_failed',
    outcome: 'failure',
    actor,
  };
}

/** A type that is sold out is waited for: to the end of the window while nothing is done yet, else shortly. */
function undoRoom(deps: WorkflowDeps, action: ActionRecord, steps: readonly StepRecord[]): Room {
  const begun = steps.some(({ status }) => status === 'done');
  if (begun || action.undo_until === null) return { until: halfWay(steps, deps) };
  return {
    until: action.undo_until,
    async waiting(problem) {
      await deps.outcomes.turn(action, {
        from: ['undoing', 'applied'],
        to: 'applied',
        set: {
          undo_pending: true,
          message: `Undo waits until the provider has room again: ${problem.message}`,
        },
      });
    },
  };
}

/** The state an action was in before its undo began. */
function before(action: ActionRecord): Status {
  if (action.attention !== null) return 'needs_attention';
  return action.final_at === null ? 'applied' : 'quarantined';
}

function isUndoing(action: ActionRecord): boolean {
  return action.status === 'undoing' || action.undo_pending;
}
