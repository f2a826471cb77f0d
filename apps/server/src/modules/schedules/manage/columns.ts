import type { ScheduleBody } from '@cloudatlas/contracts/schedules';
import type { ScheduleRow } from '../tables.ts';
import { daysOf } from '../when/days.ts';
import { nextOccurrence } from '../when/occurrences.ts';
import { rhythmOf } from '../when/rhythm-of.ts';

/** The columns that a person decides. */
type Chosen = Omit<
  ScheduleRow,
  | 'organization_id'
  | 'id'
  | 'workspace_id'
  | 'pair_id'
  | 'acts_as'
  | 'acts_as_label'
  | 'created_at'
  | 'updated_at'
  | 'parameters'
  | 'tags'
> & { parameters: string; tags: string };

/** A schedule as it is asked for, with its next occurrence after `now`. */
export function columnsOf(body: ScheduleBody, now: Date): Chosen {
  const rhythm = {
    days: daysOf(body.recurrence),
    at_time: body.time,
    time_zone: body.timeZone,
    valid_from: body.validFrom,
    valid_until: body.validUntil,
  };
  return {
    ...rhythm,
    name: body.name,
    enabled: body.enabled,
    operation: body.operation,
    parameters: JSON.stringify(body.parameters),
    resource_ids: [...new Set(body.targets.resourceIds)],
    tags: JSON.stringify(body.targets.tags),
    recurrence: body.recurrence.kind,
    holidays: [...new Set(body.holidays)],
    missed_policy: body.missed.policy,
    missed_within: body.missed.withinMinutes,
    next_run_at: body.enabled ? nextOccurrence(rhythmOf(rhythm), now) : null,
  };
}

/** A stored schedule as the body that would make it. */
export function bodyOf(row: ScheduleRow): ScheduleBody {
  return {
    name: row.name,
    enabled: row.enabled,
    operation: row.operation,
    parameters: row.parameters,
    targets: { resourceIds: row.resource_ids, tags: row.tags },
    recurrence: { kind: row.recurrence, days: row.recurrence === 'days' ? row.days : [] },
    time: row.at_time,
    timeZone: row.time_zone,
    validFrom: row.valid_from,
    validUntil: row.valid_until,
    holidays: row.holidays,
    missed: { policy: row.missed_policy, withinMinutes: row.missed_within },
  };
}
