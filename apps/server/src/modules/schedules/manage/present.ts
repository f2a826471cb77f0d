import type {
  Schedule,
  ScheduleOverride,
  ScheduleRun,
  ScheduleSaving,
  ScheduleTarget,
} from '@cloudatlas/contracts/schedules';
import type { z } from 'zod';
import type { TargetResource } from '../port.ts';
import { isExcluded, isSupported } from '../run/judge.ts';
import type { KeepOnTable, RunRow, ScheduleRow } from '../tables.ts';
import type { Holidays } from '../when/holidays.ts';
import { localTime, occurrencesAfter } from '../when/occurrences.ts';
import { rhythmOf } from '../when/rhythm-of.ts';

/** What is shown of a schedule besides its row. */
export interface Beside {
  names: readonly string[];
  lastRun: Pick<RunRow, 'id' | 'status' | 'reason' | 'due_at'> | undefined;
  keepOn: KeepOnTable | undefined;
  savings: z.output<typeof ScheduleSaving>[];
  holidays: Holidays;
}

/** Occurrences that are searched for one that is no holiday. */
const searched = 60;
const shownNames = 3;

export function presentSchedule(row: ScheduleRow, beside: Beside, now: Date): Schedule {
  return {
    id: row.id,
    pairId: row.pair_id,
    name: row.name,
    enabled: row.enabled,
    operation: row.operation,
    parameters: row.parameters,
    targets: {
      resourceIds: row.resource_ids,
      tags: row.tags,
      names: beside.names.slice(0, shownNames),
    },
    recurrence: { kind: row.recurrence, days: row.days },
    time: row.at_time,
    timeZone: row.time_zone,
    validFrom: row.valid_from,
    validUntil: row.valid_until,
    holidays: row.holidays,
    missed: { policy: row.missed_policy, withinMinutes: row.missed_within },
    nextRun: row.enabled ? nextRun(row, beside.holidays, now) : null,
    lastRun:
      beside.lastRun === undefined
        ? null
        : {
            id: beside.lastRun.id,
            status: beside.lastRun.status,
            reason: beside.lastRun.reason,
            at: beside.lastRun.due_at.toISOString(),
          },
    override: beside.keepOn === undefined ? null : presentKeepOn(beside.keepOn),
    savings: beside.savings,
    actsAs: row.acts_as_label,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

type Timed = Pick<ScheduleRow, 'days' | 'at_time' | 'time_zone' | 'valid_from' | 'valid_until' | 'holidays'>;

/** The next occurrence on a day that is no holiday. */
export function nextRun(row: Timed, holidays: Holidays, now: Date): { at: string; local: string } | null {
  let left = searched;
  for (const at of occurrencesAfter(rhythmOf(row), now)) {
    if (holidays.on(row.holidays, at, row.time_zone) === null)
      return { at: at.toISOString(), local: localTime(at, row.time_zone) };
    left -= 1;
    if (left === 0) break;
  }
  return null;
}

/** The next occurrences with the holidays on which they will not run. */
export function upcoming(
  row: Timed,
  holidays: Holidays,
  after: Date,
  count: number,
): { at: string; local: string; holiday: string | null }[] {
  const found = [];
  for (const at of occurrencesAfter(rhythmOf(row), after)) {
    found.push({
      at: at.toISOString(),
      local: localTime(at, row.time_zone),
      holiday: holidays.on(row.holidays, at, row.time_zone),
    });
    if (found.length === count) break;
  }
  return found;
}

export function presentKeepOn(row: KeepOnTable): z.output<typeof ScheduleOverride> {
  return {
    id: row.id,
    until: row.until.toISOString(),
    note: row.note,
    createdBy: row.created_by_label,
    createdAt: row.created_at.toISOString(),
  };
}

export function presentTarget(resource: TargetResource, operation: string): ScheduleTarget {
  return {
    id: resource.id,
    name: resource.name,
    type: resource.type,
    typeLabel: resource.typeLabel,
    provider: resource.provider,
    region: resource.region,
    state: resource.state,
    gone: resource.gone,
    excluded: isExcluded(resource),
    supported: isSupported(resource, operation),
  };
}

export function presentRun(row: RunRow, counts: ScheduleRun['counts'] | undefined): ScheduleRun {
  return {
    id: row.id,
    scheduleId: row.schedule_id,
    trigger: row.trigger,
    operation: row.operation,
    dueAt: row.due_at.toISOString(),
    status: row.status,
    reason: row.reason,
    note: row.note,
    startedAt: row.started_at?.toISOString() ?? null,
    finishedAt: row.finished_at?.toISOString() ?? null,
    requestedBy: row.requested_by_label,
    counts: counts ?? { total: 0, open: 0, done: 0, already: 0, failed: 0, skipped: 0 },
    truncated: row.truncated,
  };
}
