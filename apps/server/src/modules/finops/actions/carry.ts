import type { Connection } from '@cloudatlas/cloud/contract';
import { CloudError, type CloudErrorKind, type CloudProblem } from '@cloudatlas/cloud/errors';
import type { OperationDescriptor, OperationRequest } from '@cloudatlas/cloud/operations';
import type { ResourceRef, ResourceState } from '@cloudatlas/cloud/resource';
import type { AccountsService } from '#modules/accounts/index.ts';
import type { Clock } from '#platform/clock/clock.ts';
import { AppError } from '#platform/errors/app-error.ts';
import { NonRetryableError, type StepContext } from '#platform/workflow/workflow.ts';
import type { ActionJournal } from './journal.ts';
import { descriptorOf, filledParameters } from './plan.ts';
import type { ActionRecord, StepRecord } from './tables.ts';

/** What the calls of an action need. */
export interface Engine {
  clock: Clock;
  journal: ActionJournal;
  accounts: Pick<AccountsService, 'withConnection' | 'factsOf'>;
}

export type Turn = Pick<StepContext, 'signal' | 'sleepUntil'>;

/** A step ended without the wanted effect; its row says why. */
export class StepFailed extends NonRetryableError {
  readonly step: StepRecord;
  readonly problem: CloudProblem | null;

  constructor(step: StepRecord, message: string, problem: CloudProblem | null) {
    super(message);
    this.step = step;
    this.problem = problem;
  }
}

/** How long a step may be patient where the provider has no room. */
export interface Room {
  until: Date;
  /** Told before each pause. */
  waiting?(problem: CloudProblem): Promise<void>;
}

/** After that a call that was accepted counts as without effect. */
const patienceMs = 30 * 60_000;
/** Making a large snapshot, or a resource from one, takes its time. */
const creationPatienceMs = 12 * 3_600_000;

/** Tries after a passing fault, and after a state that may be on its way. */
const passingTries = 6;
const conflictTries = 5;
const roomTries = 3;

/** After these nobody knows whether the provider did it. */
const doubtful: ReadonlySet<CloudErrorKind> = new Set(['unavailable', 'unknown', 'aborted']);
const doubt: CloudProblem = {
  kind: 'unknown',
  message: 'It is not known whether the provider did it, and doing it again could do it twice.',
};

/** States in which something new can be used. */
const usable: ReadonlySet<ResourceState> = new Set(['available', 'active', 'running', 'in_use', 'stopped']);

/** A step with nothing more to do. */
export function isOver(step: Pick<StepRecord, 'status'>): boolean {
  return ['done', 'already', 'undone', 'skipped'].includes(step.status);
}

/**
 * Makes one call and waits until it shows. Can be left and entered again at any instant: everything it knows is in
 * the journal, and the step's token makes the provider do nothing twice.
 * @param created resources that earlier steps made
 * @throws StepFailed when it has no effect and trying again does not help
 */
export async function carry(
  engine: Engine,
  turn: Turn,
  action: ActionRecord,
  step: StepRecord,
  created: readonly ResourceRef[],
  room?: Room,
): Promise<void> {
  if (isOver(step)) return;
  // Written down before a crash: the verdict stands.
  if (step.status === 'failed' || step.status === 'undo_failed')
    throw new StepFailed(step, step.message ?? 'It failed.', step.problem);
  const scope = { organizationId: action.organization_id };
  try {
    await engine.accounts.withConnection(scope, action.account_id, async (connection) => {
      const call = await callOf(engine, turn, connection, step, created, room);
      const sent = step.answered_at === null ? await send(call, step) : step;
      if (sent !== null) await awaitEffect(call, sent);
    });
  } catch (error) {
    // The account was removed or switched off meanwhile.
    if (error instanceof AppError)
      await fail(engine, step, { kind: 'conflict_state', message: error.message });
    throw error;
  }
}

/** Whether the effect of a call is there, as the provider shows it now. */
export async function askWhether(
  engine: Engine,
  turn: Pick<Turn, 'signal'>,
  connection: Connection,
  step: StepRecord,
  created: readonly ResourceRef[],
) {
  const descriptor = descriptorOf(connection.operations, step.target.type, step.operation);
  if (descriptor === undefined)
    return { happened: 'unknown' as const, resources: [], evidence: 'no such operation' };
  return connection.reconcileOperation(await requestOf(engine, turn, descriptor, step, created));
}

interface Call {
  engine: Engine;
  turn: Turn;
  connection: Connection;
  descriptor: OperationDescriptor;
  request: OperationRequest;
  room: Room | undefined;
}

async function callOf(
  engine: Engine,
  turn: Turn,
  connection: Connection,
  step: StepRecord,
  created: readonly ResourceRef[],
  room: Room | undefined,
): Promise<Call> {
  const descriptor = descriptorOf(connection.operations, step.target.type, step.operation);
  if (descriptor === undefined)
    return fail(engine, step, {
      kind: 'unsupported',
      message: `${step.target.type} has no operation ${step.operation}.`,
    });
  return {
    engine,
    turn,
    connection,
    descriptor,
    room,
    request: await requestOf(engine, turn, descriptor, step, created),
  };
}

async function requestOf(
  engine: Engine,
  turn: Pick<Turn, 'signal'>,
  descriptor: OperationDescriptor,
  step: StepRecord,
  created: readonly ResourceRef[],
): Promise<OperationRequest> {
  const parameters = await engine.journal.parametersOf(step);
  return {
    operation: step.operation,
    resource: step.target,
    parameters: filledParameters(descriptor, parameters, created),
    clientToken: step.token,
    signal: turn.signal,
  };
}

/** @returns the step as answered; null when there was nothing to do */
async function send(call: Call, step: StepRecord): Promise<StepRecord | null> {
  const { engine, connection, request } = call;
  const { journal } = engine;
  let current = step;
  try {
    const seen = await connection.reconcileOperation(request);
    if (current.sent_at === null) {
      if (seen.happened === 'yes') {
        await journal.settle(current, 'already', 'It was so already.');
        return null;
      }
      current = await journal.begin(current, await connection.rehearse(request));
    } else if (seen.happened === 'yes') {
      return await journal.answer(current, { created: seen.resources });
    } else if (seen.happened === 'unknown' && isDoubtful(current)) {
      return await fail(engine, current, doubt);
    }
    const result = await connection.operate(request);
    return await journal.answer(current, result);
  } catch (error) {
    return later(call, current, error);
  }
}

/** Sent, and the last thing heard of it does not say that it was refused. */
function isDoubtful(step: StepRecord): boolean {
  return step.problem === null || doubtful.has(step.problem.kind);
}

async function awaitEffect(call: Call, step: StepRecord): Promise<void> {
  const { engine, turn, descriptor } = call;
  let effect: 'there' | 'coming' | 'failed';
  try {
    effect = await lookFor(call, step);
  } catch (error) {
    return later(call, step, error);
  }
  if (effect === 'there') return engine.journal.settle(step, 'done', step.message);
  const waited = engine.clock.now().getTime() - (step.answered_at ?? engine.clock.now()).getTime();
  const slow = step.created.length > 0 || descriptor.captured === true;
  if (effect === 'failed')
    return fail(engine, step, { kind: 'conflict_state', message: 'The provider says that it failed.' });
  if (waited > (slow ? creationPatienceMs : patienceMs))
    return fail(engine, step, {
      kind: 'unavailable',
      message: `The provider accepted it, but it did not take effect in ${Math.round(waited / 60_000)} minutes.`,
    });
  return turn.sleepUntil(inMs(nextLookMs(waited)), 'waits for the effect');
}

/** Often at first, seldom where it takes hours. */
function nextLookMs(waited: number): number {
  if (waited < 120_000) return 3_000;
  return waited < patienceMs ? 15_000 : 120_000;
}

async function lookFor(call: Call, step: StepRecord): Promise<'there' | 'coming' | 'failed'> {
  const { connection, descriptor, request, turn } = call;
  const [made] = step.created;
  // What is brought back may have a new id.
  const restores = descriptor.states?.includes('deleted') === true;
  if (descriptor.until !== undefined) {
    const state = await stateOf(connection, restores && made !== undefined ? made : step.target, turn.signal);
    if (!descriptor.until.includes(state)) return state === 'failed' ? 'failed' : 'coming';
  } else {
    for (const ref of step.created) {
      const state = await stateOf(connection, ref, turn.signal);
      if (!usable.has(state)) return state === 'failed' ? 'failed' : 'coming';
    }
  }
  const { happened } = await connection.reconcileOperation(request);
  return happened === 'no' ? 'coming' : 'there';
}

async function stateOf(
  connection: Connection,
  ref: ResourceRef,
  signal: AbortSignal,
): Promise<ResourceState> {
  try {
    return (await connection.inspect(ref, signal)).state;
  } catch (error) {
    if (error instanceof CloudError && error.kind === 'not_found') return 'deleted';
    throw error;
  }
}

/** After a failed call: another try later, or the end of the step. Everything that is no provider error passes. */
async function later(call: Call, step: StepRecord, error: unknown): Promise<never> {
  if (!(error instanceof CloudError) || error.kind === 'aborted') throw error;
  const { engine, turn, room } = call;
  const { problem } = error;
  const tries = step.attempts + 1;
  const pause = pauseAfter(error, tries, room, engine.clock.now());
  if (pause === null) return fail(engine, step, problem);
  await engine.journal.tried(step, problem);
  if (problem.kind === 'capacity') await room?.waiting?.(problem);
  return turn.sleepUntil(inMs(pause), problem.message.slice(0, 200));
}

/** Milliseconds until the next try; null when there is none. */
function pauseAfter(error: CloudError, tries: number, room: Room | undefined, now: Date): number | null {
  if (error.kind === 'capacity') {
    if (room === undefined) return tries < roomTries ? 10_000 : null;
    return now < room.until ? Math.min(15 * 60_000, 30_000 * 2 ** Math.min(10, tries - 1)) : null;
  }
  // Something else on the resource may be about to end.
  if (error.kind === 'conflict_state') return tries < conflictTries ? tries * 3_000 : null;
  const passing = error.retryable || error.kind === 'unknown';
  return passing && tries < passingTries ? Math.min(60_000, 2_000 * 2 ** (tries - 1)) : null;
}

/** The workflow's clock is the real one. */
function inMs(milliseconds: number): Date {
  return new Date(Date.now() + milliseconds);
}

async function fail(engine: Engine, step: StepRecord, problem: CloudProblem): Promise<never> {
  await engine.journal.settle(
    step,
    step.phase === 'apply' ? 'failed' : 'undo_failed',
    problem.message,
    problem,
  );
  throw new StepFailed(step, problem.message, problem);
}
