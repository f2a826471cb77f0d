import { excludeTag, type ScheduleOperation, type ScheduleSkipReason } from '@cloudatlas/contracts/schedules';
import type { TargetResource } from '../port.ts';
import type { Outcome } from '../tables.ts';

/** What becomes of one resource in a run, before anything is ordered. */
export interface Verdict {
  outcome: Outcome;
  reason: ScheduleSkipReason | null;
}

const toOrder: Verdict = { outcome: 'pending', reason: null };
const already: Verdict = { outcome: 'already', reason: null };

/** States in which there is nothing left to do. */
const reached: Record<ScheduleOperation, readonly string[]> = {
  start: ['running', 'starting'],
  stop: ['stopped', 'stopping'],
  resize: [],
};

export function isExcluded(resource: Pick<TargetResource, 'tags'>): boolean {
  return resource.tags[excludeTag.key]?.toLowerCase() === excludeTag.value;
}

export function isSupported(resource: Pick<TargetResource, 'operations'>, operation: string): boolean {
  return resource.operations.some(({ id }) => id === operation);
}

/** Whether the state as it is known decides: then it is read at the provider first, for it may have changed since. */
export function stateDecides(resource: TargetResource, operation: ScheduleOperation): boolean {
  if (resource.gone || isExcluded(resource) || !isSupported(resource, operation)) return false;
  if (operation === 'resize') return resource.state !== 'stopped';
  return resource.state !== (operation === 'start' ? 'stopped' : 'running');
}

/** @param held ids of resources whose stops are held back */
export function judge(
  resource: TargetResource,
  operation: ScheduleOperation,
  held: ReadonlySet<string>,
): Verdict {
  if (resource.gone) return { outcome: 'skipped', reason: 'gone' };
  if (isExcluded(resource)) return { outcome: 'skipped', reason: 'excluded' };
  if (!isSupported(resource, operation)) return { outcome: 'skipped', reason: 'unsupported' };
  if (reached[operation].includes(resource.state)) return already;
  if (held.has(resource.id)) return { outcome: 'skipped', reason: 'override' };
  return toOrder;
}

/** Reasons with which a run is as it was meant to be. */
const meant: ReadonlySet<ScheduleSkipReason> = new Set([
  'excluded',
  'override',
  'holiday',
  'started_since',
  'missed',
  'superseded',
  'disabled',
]);

/** Whether a target that was not acted on is a failure of the run. */
export function isFailure({ outcome, reason }: Verdict): boolean {
  return outcome === 'failed' || (outcome === 'skipped' && (reason === null || !meant.has(reason)));
}

/** How a run ended, by its targets; none of them is open any more. */
export function statusOf(targets: readonly Verdict[]): {
  status: 'succeeded' | 'partial' | 'failed' | 'skipped';
  reason: ScheduleSkipReason | null;
} {
  if (targets.length === 0) return { status: 'skipped', reason: 'no_targets' };
  const failed = targets.filter(isFailure);
  const done = targets.filter(({ outcome }) => outcome === 'done' || outcome === 'already');
  const [one] = targets;
  const common = targets.every(({ reason }) => reason === one?.reason) ? (one?.reason ?? null) : null;
  if (failed.length > 0) return { status: done.length > 0 ? 'partial' : 'failed', reason: common };
  if (done.length === 0) return { status: 'skipped', reason: common };
  return { status: 'succeeded', reason: null };
}

const reasonOf: Readonly<Record<string, ScheduleSkipReason>> = {
  not_found: 'gone',
  unsupported: 'unsupported',
  role: 'permission',
  account_disabled: 'account_disabled',
  feature_off: 'feature_off',
  pending: 'busy',
  state: 'state',
};

/** The inventory's refusal as the outcome of a target; what it names wrong in the parameters is a failure. */
export function refusal(refused: string): Verdict {
  const reason = reasonOf[refused];
  return reason === undefined ? { outcome: 'failed', reason: null } : { outcome: 'skipped', reason };
}
