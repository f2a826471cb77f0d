import type { CloudProblem } from '@cloudatlas/cloud/errors';
import type { FieldValues } from '@cloudatlas/cloud/fields';
import type { OperationDescriptor, OperationResult, Rehearsal } from '@cloudatlas/cloud/operations';
import type { Resource, ResourceRef } from '@cloudatlas/cloud/resource';
import { sql } from 'kysely';
import type { Database, TenantTx } from '#platform/db/database.ts';
import { newId } from '#platform/ids/ids.ts';
import type { Platform } from '#platform/module.ts';
import { descriptorOf, shownParameters } from './plan.ts';
import type { ActionRecord, ActionTables, StepRecord } from './tables.ts';

type Tx = TenantTx<ActionTables>;
type Undo = NonNullable<OperationResult['undo']>;
type Operations = readonly OperationDescriptor[];

/** An action with its steps as they stand. */
export interface LoadedAction {
  action: ActionRecord;
  apply: StepRecord[];
  undo: StepRecord[];
}

/** An undo step to be written. */
interface ReverseStep {
  operation: string;
  target: ResourceRef;
  parameters: FieldValues;
  undoes: number;
}

export type ActionJournal = ReturnType<typeof createActionJournal>;

/**
 * Reads and writes the steps of an action while its workflow runs. What could take a call back is written down
 * before the call is made; the outcome of a call before the next one.
 */
export function createActionJournal(
  platform: Pick<Platform, 'clock' | 'envelope'>,
  db: Database<ActionTables>,
) {
  const { clock, envelope } = platform;

  const stepPlace = (step: StepKey, column: 'sealed_undo' | 'sealed_parameters') => ({
    organizationId: step.organization_id,
    table: 'finops.action_step',
    column,
    rowId: `${step.action_id}/${step.phase}/${step.position}`,
  });
  const beforePlace = (action: { organization_id: string; id: string }) => ({
    organizationId: action.organization_id,
    table: 'finops.action',
    column: 'sealed_before',
    rowId: action.id,
  });
  const inTenant = <R>(row: { organization_id: string }, work: (tx: Tx) => Promise<R>): Promise<R> =>
    db.inTenant({ organizationId: row.organization_id }, work);
  const rowOf = (tx: Tx, step: StepKey) =>
    tx
      .updateTable('finops.action_step')
      .where('action_id', '=', step.action_id)
      .where('phase', '=', step.phase)
      .where('position', '=', step.position);

  async function loadIn(tx: Tx, actionId: string): Promise<LoadedAction | undefined> {
    const action = await tx
      .selectFrom('finops.action')
      .selectAll()
      .where('id', '=', actionId)
      .executeTakeFirst();
    if (action === undefined) return undefined;
    const steps = await tx
      .selectFrom('finops.action_step')
      .selectAll()
      .where('action_id', '=', actionId)
      .orderBy('position')
      .execute();
    return {
      action,
      apply: steps.filter(({ phase }) => phase === 'apply'),
      undo: steps.filter(({ phase }) => phase === 'undo'),
    };
  }

  async function undoOf(tx: Tx, step: StepRecord): Promise<Undo | undefined> {
    if (step.sealed_undo === null) return undefined;
    return JSON.parse(await envelope.openText(tx, stepPlace(step, 'sealed_undo'), step.sealed_undo)) as Undo;
  }

  async function undoColumns(tx: Tx, step: StepRecord, undo: Undo | undefined) {
    if (undo === undefined) return {};
    return {
      sealed_undo: await envelope.seal(tx, stepPlace(step, 'sealed_undo'), JSON.stringify(undo)),
      undo_operation: undo.operation,
      not_before: undo.notBefore === undefined ? null : new Date(undo.notBefore),
    };
  }

  return {
    /** Undefined when the action is gone, which it is when its workspace was deleted. */
    load: (organizationId: string, actionId: string): Promise<LoadedAction | undefined> =>
      db.inTenant({ organizationId }, (tx) => loadIn(tx, actionId)),
    loadIn,

    /** Keeps the resource as it is before anything is done; the first writing counts. */
    async keepBefore(action: ActionRecord, before: Resource): Promise<void> {
      if (action.sealed_before !== null) return;
      await inTenant(action, async (tx) => {
        const sealed = await envelope.seal(tx, beforePlace(action), JSON.stringify(before));
        await tx
          .updateTable('finops.action')
          .set({ sealed_before: sealed })
          .where('id', '=', action.id)
          .where('sealed_before', 'is', null)
          .execute();
      });
    },

    /** The resource as it was before; null when nothing was captured yet. */
    async before(tx: Tx, action: ActionRecord): Promise<Resource | null> {
      if (action.sealed_before === null) return null;
      const text = await envelope.openText(tx, beforePlace(action), action.sealed_before);
      return JSON.parse(text) as Resource;
    },

    /** What a call takes; captured parameters are opened. */
    async parametersOf(step: StepRecord): Promise<FieldValues> {
      const sealed = step.sealed_parameters;
      if (sealed === null) return step.parameters;
      return inTenant(
        step,
        async (tx) =>
          JSON.parse(
            await envelope.openText(tx, stepPlace(step, 'sealed_parameters'), sealed),
          ) as FieldValues,
      );
    },

    /** Before the call: what would take it back, and that it is about to be sent. */
    begin(step: StepRecord, rehearsed: Rehearsal): Promise<StepRecord> {
      return inTenant(step, async (tx) =>
        rowOf(tx, step)
          .set({
            status: 'running',
            sent_at: clock.now(),
            started_at: step.started_at ?? clock.now(),
            created: JSON.stringify(rehearsed.created),
            ...(await undoColumns(tx, step, rehearsed.undo)),
          })
          .returningAll()
          .executeTakeFirstOrThrow(),
      );
    },

    /** After the call. What the answer itself says about undo and new resources counts more than what was foreseen. */
    answer(
      step: StepRecord,
      result: Pick<OperationResult, 'created' | 'undo' | 'note'>,
    ): Promise<StepRecord> {
      return inTenant(step, async (tx) =>
        rowOf(tx, step)
          .set({
            status: 'running',
            answered_at: clock.now(),
            attempts: 0,
            problem: null,
            message: result.note ?? null,
            ...(result.created.length === 0 ? {} : { created: JSON.stringify(result.created) }),
            ...(await undoColumns(tx, step, result.undo)),
          })
          .returningAll()
          .executeTakeFirstOrThrow(),
      );
    },

    /** Ends a step. `message` replaces what the step said before unless it is undefined. */
    async settle(
      step: StepRecord,
      status: 'done' | 'already' | 'failed' | 'undo_failed' | 'skipped',
      message?: string | null,
      problem: CloudProblem | null = null,
    ): Promise<void> {
      await inTenant(step, (tx) =>
        rowOf(tx, step)
          .set({
            status,
            ...(message === undefined ? {} : { message }),
            problem: problem === null ? null : JSON.stringify(problem),
            started_at: step.started_at ?? clock.now(),
            finished_at: clock.now(),
            // It was so before: not this action's doing, so there is nothing to take back.
            ...(status === 'already' ? { sealed_undo: null, undo_operation: null, not_before: null } : {}),
          })
          .execute(),
      );
    },

    /** A try that did not succeed, and that there will be another. */
    async tried(step: StepRecord, problem: CloudProblem): Promise<void> {
      await inTenant(step, (tx) =>
        rowOf(tx, step)
          .set({
            status: 'running',
            started_at: step.started_at ?? clock.now(),
            attempts: step.attempts + 1,
            message: problem.message,
            problem: JSON.stringify(problem),
          })
          .execute(),
      );
    },

    /** What went wrong so far; ending the action replaces it. */
    async note(action: ActionRecord, message: string): Promise<void> {
      await inTenant(action, (tx) =>
        tx
          .updateTable('finops.action')
          .set({ message: message.slice(0, 1000) })
          .where('id', '=', action.id)
          .where('status', 'in', ['running', 'undoing'])
          .execute(),
      );
    },

    /** What a look at the provider said about a call whose outcome was open. */
    async resolve(step: StepRecord, happened: boolean, created: readonly ResourceRef[]): Promise<void> {
      await inTenant(step, (tx) =>
        rowOf(tx, step)
          .set(
            happened
              ? {
                  status: 'done',
                  ...(created.length === 0 ? {} : { created: JSON.stringify(created) }),
                }
              : { status: 'failed', sent_at: null },
          )
          .execute(),
      );
    },

    /**
     * Writes the steps that take back what is done, last first; those of an earlier try are tried again.
     * @returns the undo steps and those done steps for which there is no way back
     */
    planUndo(
      loaded: LoadedAction,
      operations: Operations,
    ): Promise<{ undo: StepRecord[]; stuck: StepRecord[] }> {
      const { action } = loaded;
      return inTenant(action, async (tx) => {
        const stuck: StepRecord[] = [];
        const reverse: ReverseStep[] = [];
        const before = await this.before(tx, action);
        for (const step of loaded.apply.toReversed()) {
          if (step.status !== 'done') continue;
          const undo = await undoOf(tx, step);
          const made = removals(step, operations);
          if (undo !== undefined)
            reverse.push({
              operation: undo.operation,
              target: step.target,
              parameters: undo.parameters,
              undoes: step.position,
            });
          else if (made.length === 0 && destroys(step, operations)) stuck.push(step);
          const restored = undo !== undefined && restores(step, undo.operation, operations);
          if (restored && before?.nativeId === step.target.nativeId && before.state === 'stopped')
            reverse.push(...stopping(step, operations));
          reverse.push(...made);
        }
        if (loaded.undo.length === 0) {
          for (const [position, step] of reverse.entries()) {
            const key = {
              organization_id: action.organization_id,
              action_id: action.id,
              phase: 'undo' as const,
              position,
            };
            const descriptor = descriptorOf(operations, step.target.type, step.operation);
            await tx
              .insertInto('finops.action_step')
              .values({
                ...key,
                operation: step.operation,
                target: JSON.stringify(step.target),
                parameters: JSON.stringify(shownParameters(descriptor?.parameters ?? [], step.parameters)),
                sealed_parameters: await envelope.seal(
                  tx,
                  stepPlace(key, 'sealed_parameters'),
                  JSON.stringify(step.parameters),
                ),
                calls: [...(descriptor?.actions ?? [])],
                status: 'pending',
                undoes: step.undoes,
                token: newId(),
              })
              .execute();
          }
        } else {
          await tx
            .updateTable('finops.action_step')
            .set({ status: 'pending', attempts: 0, answered_at: null, started_at: null, finished_at: null })
            .where('action_id', '=', action.id)
            .where('phase', '=', 'undo')
            .where('status', '=', 'undo_failed')
            .execute();
        }
        const undo = await tx
          .selectFrom('finops.action_step')
          .selectAll()
          .where('action_id', '=', action.id)
          .where('phase', '=', 'undo')
          .orderBy('position')
          .execute();
        return { undo, stuck };
      });
    },

    /** What was brought back has a new id: the steps that follow act on it. */
    async retarget(step: StepRecord, to: ResourceRef): Promise<void> {
      await inTenant(step, (tx) =>
        tx
          .updateTable('finops.action_step')
          .set({ target: JSON.stringify(to) })
          .where('action_id', '=', step.action_id)
          .where('phase', '=', step.phase)
          .where('position', '>', step.position)
          .where('status', '=', 'pending')
          .where(sql<string>`target ->> 'nativeId'`, '=', step.target.nativeId)
          .execute(),
      );
    },

    /** Every call that was made is taken back. */
    async allUndone(action: ActionRecord): Promise<void> {
      await inTenant(action, (tx) =>
        tx
          .updateTable('finops.action_step')
          .set({ status: 'undone' })
          .where('action_id', '=', action.id)
          .where('phase', '=', 'apply')
          .where('status', '=', 'done')
          .execute(),
      );
    },

    /** Nothing was taken back: an undo that was refused leaves no steps behind. */
    async forgetUndo(action: ActionRecord): Promise<void> {
      await inTenant(action, (tx) =>
        tx
          .deleteFrom('finops.action_step')
          .where('action_id', '=', action.id)
          .where('phase', '=', 'undo')
          .execute(),
      );
    },
  };
}

type StepKey = Pick<StepRecord, 'organization_id' | 'action_id' | 'phase' | 'position'>;

/** Resources that a step made besides its purpose, e.g. a snapshot, are deleted when it is taken back. */
function removals(step: StepRecord, operations: Operations): ReverseStep[] {
  return step.created
    .filter((ref) => ref.type !== step.target.type)
    .filter((ref) => descriptorOf(operations, ref.type, 'delete') !== undefined)
    .map((target) => ({ operation: 'delete', target, parameters: {}, undoes: step.position }));
}

function restores(step: StepRecord, undo: string, operations: Operations): boolean {
  return descriptorOf(operations, step.target.type, undo)?.states?.includes('deleted') === true;
}

/** What was stopped when it was deleted comes back running, and is stopped again. */
function stopping(step: StepRecord, operations: Operations): ReverseStep[] {
  const { target, position } = step;
  if (descriptorOf(operations, target.type, 'stop') === undefined) return [];
  return [{ operation: 'stop', target, parameters: {}, undoes: position }];
}

function destroys(step: StepRecord, operations: Operations): boolean {
  return descriptorOf(operations, step.target.type, step.operation)?.confirm === 'typed';
}
