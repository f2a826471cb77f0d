import type { FieldValues } from '@cloudatlas/cloud/fields';
import type {
  Recurrence,
  ScheduleOperation,
  ScheduleRunDetail,
  ScheduleRunStatus,
  ScheduleSkipReason,
} from '@cloudatlas/contracts/schedules';
import type { ColumnType, Selectable } from 'kysely';

/** jsonb: written as JSON text, read as a value. */
type Json<T> = ColumnType<T, string, string>;

export interface Tag {
  key: string;
  value: string | null;
}

export interface ScheduleTable {
  organization_id: string;
  id: string;
  workspace_id: string;
  pair_id: string | null;
  name: string;
  enabled: boolean;
  operation: ScheduleOperation;
  parameters: Json<FieldValues>;
  resource_ids: string[];
  tags: Json<Tag[]>;
  recurrence: Recurrence['kind'];
  days: number[];
  at_time: string;
  time_zone: string;
  valid_from: string | null;
  valid_until: string | null;
  holidays: string[];
  missed_policy: 'skip' | 'run';
  missed_within: number;
  next_run_at: Date | null;
  acts_as: string;
  acts_as_label: string;
  created_at: Date;
  updated_at: Date;
}
export type ScheduleRow = Selectable<ScheduleTable>;

export interface RunTable {
  organization_id: string;
  id: string;
  workspace_id: string;
  schedule_id: string;
  trigger: 'schedule' | 'manual' | 'override_ended';
  operation: ScheduleOperation;
  due_at: Date;
  status: ScheduleRunStatus;
  reason: ScheduleSkipReason | null;
  note: string | null;
  truncated: ColumnType<boolean, boolean | undefined, boolean>;
  enqueued_at: Date | null;
  started_at: Date | null;
  finished_at: Date | null;
  requested_by: string | null;
  requested_by_label: string | null;
}
export type RunRow = Selectable<RunTable>;

export type Outcome = ScheduleRunDetail['targets'][number]['outcome'];

export interface RunTargetTable {
  organization_id: string;
  run_id: string;
  resource_id: string;
  name: string;
  type: string;
  outcome: Outcome;
  reason: ScheduleSkipReason | null;
  message: string | null;
  order_id: string | null;
  hourly_amount: string | null;
  currency: string | null;
  finished_at: Date | null;
}

export interface KeepOnTable {
  organization_id: string;
  id: string;
  workspace_id: string;
  schedule_id: string;
  resource_ids: string[];
  until: Date;
  note: string;
  created_by: string;
  created_by_label: string;
  created_at: Date;
}

export interface SchedulesTables {
  'schedules.calendar': {
    organization_id: string;
    id: string;
    name: string;
    dates: Json<{ date: string; name: string }[]>;
    created_at: Date;
  };
  'schedules.schedule': ScheduleTable;
  'schedules.run': RunTable;
  'schedules.run_target': RunTargetTable;
  'schedules.keep_on': KeepOnTable;
  'schedules.off_period': {
    organization_id: string;
    id: string;
    workspace_id: string;
    schedule_id: string;
    resource_id: string;
    from_at: Date;
    to_at: Date | null;
    hourly_amount: string | null;
    currency: string | null;
  };
}
