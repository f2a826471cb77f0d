import type { Connection } from '@cloudatlas/cloud/contract';
import { CloudError } from '@cloudatlas/cloud/errors';
import { askWhether, carry, StepFailed, type Engine, type Room, type Turn } from './carry.ts';
import type { LoadedAction } from './journal.ts';
import type { StepRecord } from './tables.ts';

/** Looks at the provider before giving up on an open question. */
const looks = 6;

/** What came of taking back. */
export type TakenBack =
  | { kind: 'done' }
  /** Nothing was taken back: everything is as the action left it. */
  | { kind: 'nothing'; message: string }
  | { kind: 'half'; message: string };

/**
 * Takes back every call of an action that is in force, last first, each verified. Calls whose outcome is not known
 * are asked about before. Can be left and entered again at any instant.
 */
export async function takeBack(
  engine: Engine,
  turn: Turn,
  loaded: LoadedAction,
  roomOf: (undo: readonly StepRecord[]) => Room,
): Promise<TakenBack> {
  const { action } = loaded;
  try {
    await clearUp(engine, turn, loaded);
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    return { kind: 'half', message: error.message };
  }
  const cleared = (await engine.journal.load(action.organization_id, action.id)) ?? loaded;
  const operations = await withConnection(engine, loaded, async ({ operations: known }) => known);
  const { undo, stuck } = await engine.journal.planUndo(cleared, operations);
  if (stuck.length > 0)
    return {
      kind: 'half',
      message: `There is no way back from ${stuck.map(({ operation, target }) => `${operation} ${target.id}`).join(', ')}.`,
    };
  const room = roomOf(undo);
  for (const planned of undo) {
    const step = await current(engine, loaded, planned);
    try {
      await carry(engine, turn, action, step, [], room);
      await followNewId(engine, loaded, step);
    } catch (error) {
      if (!(error instanceof StepFailed)) throw error;
      const untouched = await isUntouched(engine, turn, loaded, step);
      return { kind: untouched ? 'nothing' : 'half', message: error.message };
    }
  }
  await engine.journal.allUndone(action);
  return { kind: 'done' };
}

/** The step as the journal has it now. */
async function current(engine: Engine, { action }: LoadedAction, step: StepRecord): Promise<StepRecord> {
  const now = await engine.journal.load(action.organization_id, action.id);
  return now?.undo.find(({ position }) => position === step.position) ?? step;
}

/** What a step brought back may be another resource now; those after it must act on that one. */
async function followNewId(engine: Engine, loaded: LoadedAction, step: StepRecord): Promise<void> {
  const { created, target } = await current(engine, loaded, step);
  const again = created.find((ref) => ref.type === target.type && ref.nativeId !== target.nativeId);
  if (again !== undefined) await engine.journal.retarget(step, again);
}

/** Finds out what became of calls whose outcome is open. @throws StepFailed when nobody can tell */
async function clearUp(engine: Engine, turn: Turn, loaded: LoadedAction): Promise<void> {
  for (const [index, step] of loaded.apply.entries()) {
    const open = step.sent_at !== null && (step.status === 'running' || step.status === 'failed');
    if (!open) continue;
    const created = loaded.apply.slice(0, index).flatMap((earlier) => earlier.created);
    try {
      await withConnection(engine, loaded, async (connection) => {
        const answer = await askWhether(engine, turn, connection, step, created);
        if (answer.happened === 'unknown')
          throw new StepFailed(step, `It is not known whether ${step.operation} happened.`, null);
        await engine.journal.resolve(step, answer.happened === 'yes', answer.resources);
      });
    } catch (error) {
      if (!(error instanceof CloudError) || error.kind === 'aborted') throw error;
      if (!error.retryable || step.attempts >= looks)
        throw new StepFailed(step, error.message, error.problem);
      await engine.journal.tried(step, error.problem);
      turn.sleepUntil(new Date(Date.now() + 2_000 * 2 ** step.attempts), 'asks what became of a call');
    }
  }
}

/** Whether a call that failed to take something back surely changed nothing, and was the first. */
async function isUntouched(
  engine: Engine,
  turn: Turn,
  loaded: LoadedAction,
  step: StepRecord,
): Promise<boolean> {
  const { action } = loaded;
  const steps = (await engine.journal.load(action.organization_id, action.id))?.undo ?? [];
  const now = steps.find(({ position }) => position === step.position);
  const first = steps.every((each) => each === now || each.status === 'pending');
  if (now === undefined || !first) return false;
  if (now.sent_at === null) return true;
  if (now.answered_at !== null) return false;
  try {
    const answer = await withConnection(engine, loaded, (connection) =>
      askWhether(engine, turn, connection, now, []),
    );
    return answer.happened === 'no';
  } catch (error) {
    if (error instanceof CloudError && error.kind !== 'aborted') return false;
    throw error;
  }
}

function withConnection<R>(
  engine: Engine,
  { action }: LoadedAction,
  work: (connection: Connection) => Promise<R>,
): Promise<R> {
  return engine.accounts.withConnection({ organizationId: action.organization_id }, action.account_id, work);
}
