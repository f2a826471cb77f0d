create schema schedules;

-- Dates of an organization on which its schedules do not run; national holidays are computed, not stored.
create table schedules.calendar (
  organization_id uuid not null references tenancy.organization on delete cascade,
  id uuid not null,
  name text not null,
  -- [{date, name}], by date.
  dates jsonb not null,
  created_at timestamptz(3) not null,
  primary key (organization_id, id),
  constraint calendar_name unique (organization_id, name)
);
call platform.tenant_table('schedules.calendar');

create table schedules.schedule (
  organization_id uuid not null,
  id uuid not null,
  workspace_id uuid not null,
  -- The two halves of a pair share it.
  pair_id uuid,
  name text not null,
  enabled boolean not null,
  operation text not null check (operation in ('start', 'stop', 'resize')),
  parameters jsonb not null,
  resource_ids uuid[] not null,
  -- [{key, value}] that all hold.
  tags jsonb not null,
  recurrence text not null check (recurrence in ('daily', 'weekdays', 'weekends', 'days')),
  -- ISO weekdays, 1 Monday to 7 Sunday.
  days smallint[] not null check (cardinality(days) between 1 and 7),
  -- Wall clock HH:MM in the zone.
  at_time text not null,
  time_zone text not null,
  valid_from date,
  valid_until date,
  -- Country codes and ids of calendars.
  holidays text[] not null,
  missed_policy text not null check (missed_policy in ('skip', 'run')),
  missed_within integer not null,
  -- Next nominal occurrence, holidays among them; null when there is none.
  next_run_at timestamptz(3),
  -- Whose permission counts when it runs.
  acts_as uuid not null,
  acts_as_label text not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  primary key (organization_id, id),
  foreign key (organization_id, workspace_id) references tenancy.workspace (organization_id, id) on delete cascade,
  constraint schedule_name unique (organization_id, workspace_id, operation, name)
);
-- What every tick asks over all organizations.
create index schedule_due on schedules.schedule (next_run_at) where enabled and next_run_at is not null;
create index schedule_by_name on schedules.schedule (organization_id, workspace_id, name, id);
create index schedule_pair on schedules.schedule (organization_id, pair_id) where pair_id is not null;
call platform.tenant_table('schedules.schedule');

-- One occurrence, materialised when it is due. The unique constraint is what keeps two workers from running one twice.
create table schedules.run (
  organization_id uuid not null,
  id uuid not null,
  workspace_id uuid not null,
  schedule_id uuid not null,
  trigger text not null check (trigger in ('schedule', 'manual', 'override_ended')),
  operation text not null,
  due_at timestamptz(3) not null,
  status text not null check (status in ('pending', 'running', 'succeeded', 'partial', 'failed', 'skipped')),
  reason text,
  note text,
  truncated boolean not null default false,
  -- When a job was last asked to carry it out.
  enqueued_at timestamptz(3),
  started_at timestamptz(3),
  finished_at timestamptz(3),
  requested_by uuid,
  requested_by_label text,
  primary key (organization_id, id),
  foreign key (organization_id, schedule_id) references schedules.schedule (organization_id, id) on delete cascade,
  constraint run_once unique (organization_id, schedule_id, due_at)
);
create index run_recent on schedules.run (organization_id, schedule_id, id desc);
create index run_open on schedules.run (due_at) where status in ('pending', 'running');
call platform.tenant_table('schedules.run');

create table schedules.run_target (
  organization_id uuid not null,
  run_id uuid not null,
  resource_id uuid not null,
  name text not null,
  type text not null,
  outcome text not null check (outcome in ('pending', 'ordered', 'done', 'already', 'failed', 'skipped')),
  reason text,
  message text,
  order_id uuid,
  -- List price per hour when it was acted on.
  hourly_amount numeric(20, 8),
  currency text,
  finished_at timestamptz(3),
  primary key (organization_id, run_id, resource_id),
  foreign key (organization_id, run_id) references schedules.run (organization_id, id) on delete cascade
);
create index run_target_open on schedules.run_target (organization_id, run_id) where outcome in ('pending', 'ordered');
create index run_target_by_resource on schedules.run_target (organization_id, resource_id, finished_at desc);
call platform.tenant_table('schedules.run_target');

-- "Keep on until": stops of these resources are held back.
create table schedules.keep_on (
  organization_id uuid not null,
  id uuid not null,
  workspace_id uuid not null,
  schedule_id uuid not null,
  -- What the schedule acted on when it was asked for; other schedules' stops of these are held back too.
  resource_ids uuid[] not null,
  until timestamptz(3) not null,
  note text not null,
  created_by uuid not null,
  created_by_label text not null,
  created_at timestamptz(3) not null,
  primary key (organization_id, id),
  foreign key (organization_id, schedule_id) references schedules.schedule (organization_id, id) on delete cascade,
  -- A newer one takes the place of the older.
  constraint keep_on_schedule unique (organization_id, schedule_id)
);
create index keep_on_active on schedules.keep_on (organization_id, workspace_id, until);
call platform.tenant_table('schedules.keep_on');

-- Time for which a schedule kept a resource off; the estimate of what it saved is hours × price.
create table schedules.off_period (
  organization_id uuid not null,
  id uuid not null,
  workspace_id uuid not null,
  -- No foreign key: what was saved stays when the schedule goes.
  schedule_id uuid not null,
  resource_id uuid not null,
  from_at timestamptz(3) not null,
  to_at timestamptz(3),
  hourly_amount numeric(20, 8),
  currency text,
  primary key (organization_id, id),
  foreign key (organization_id, workspace_id) references tenancy.workspace (organization_id, id) on delete cascade
);
create unique index off_period_open on schedules.off_period (organization_id, resource_id) where to_at is null;
create index off_period_by_schedule on schedules.off_period (organization_id, schedule_id);
call platform.tenant_table('schedules.off_period');
