import type { Platform } from '#platform/module.ts';
import { ownTables, type AnyTenantTx } from '#platform/db/database.ts';
import { applyAction, finalizeAction, undoAction } from './kinds.ts';
import type { WorkflowDeps } from './parts.ts';
import type { ActionRecord, ActionTables } from './tables.ts';
import { needsAttention } from './turnovers.ts';

/**
 * The net under the workflows: a run that ended without ending its action (a fault of the program, a step that was
 * interrupted again and again) leaves no action running for ever.
 * @returns what a subscriber calls in its organization's transaction
 */
export function createSweep(workflows: Platform['workflows'], deps: WorkflowDeps) {
  return async function sweep(lent: AnyTenantTx, runId: string): Promise<void> {
    const tx = ownTables<ActionTables>(lent);
    const run = await workflows.get(lent, runId);
    if (run === undefined) return;
    const { actionId } = applyAction.input.parse(run.input);
    const loaded = await deps.journal.loadIn(tx, actionId);
    if (loaded === undefined || run.key !== openRunKey(loaded.action)) return;
    await deps.outcomes.turnIn(tx, actionId, needsAttention(deps, loaded, 'interrupted', run.message ?? ''));
  };
}

/** Key of the run that must be at work on an action; null when none must. */
function openRunKey({
  id,
  status,
  undo_round: round,
  undo_pending: pending,
  final_at: finalAt,
}: ActionRecord) {
  if (status === 'undoing' || pending) return `undo ${id} ${round}`;
  if (status !== 'running') return null;
  return finalAt === null ? `apply ${id}` : `finalize ${id} ${round}`;
}

/** The workflows it looks after. */
export const swept: ReadonlySet<string> = new Set([applyAction.name, undoAction.name, finalizeAction.name]);
