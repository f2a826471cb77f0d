-- What was done about a recommendation at the provider, and how it can be taken back. It outlives its account and its
-- recommendation, because it is the record of what happened; it goes with its workspace.
create table finops.action (
  organization_id uuid not null,
  id uuid not null,
  workspace_id uuid not null,
  account_id uuid not null,
  account_name text not null,
  provider text not null,
  recommendation_id uuid not null,
  rule_id text not null,
  title jsonb not null,
  kind text not null check (kind in ('operations', 'snapshot_delete', 'quarantine_delete', 'schedule')),
  status text not null check (status in ('waiting', 'running', 'applied', 'quarantined', 'final', 'failed',
    'undoing', 'undone', 'rejected', 'needs_attention')),
  resource_id uuid not null,
  -- Type, ids, region and name.
  resource jsonb not null,
  planned jsonb not null,
  -- State, size and attachments that the scan found.
  fingerprint jsonb not null,
  -- The same after a quarantine has begun: what must still be so when it ends.
  left_as jsonb,
  monthly numeric(20, 6),
  currency text,
  monthly_converted numeric(20, 6),
  undo_class text not null check (undo_class in ('R', 'S', 'N')),
  trigger text not null check (trigger in ('manual', 'bulk', 'automatic')),
  policy_id uuid,
  requested_by uuid,
  requested_by_label text not null,
  note text not null,
  ip text,
  request_id text,
  idempotency_key text not null,
  needs_approval boolean not null,
  decided_by uuid,
  decided_by_label text,
  decided_at timestamptz(3),
  decision_note text,
  message text,
  -- What a person must do, in each language.
  attention jsonb,
  -- The resource before the change, as the provider described it.
  sealed_before bytea,
  created jsonb not null default '[]',
  -- The pair of schedules it made.
  pair_id uuid,
  applied_at timestamptz(3),
  undo_from timestamptz(3),
  undo_until timestamptz(3),
  final_at timestamptz(3),
  -- Counts the undo runs, since each is a workflow of its own.
  undo_round integer not null default 0,
  -- In force, while an undo waits for room at the provider.
  undo_pending boolean not null default false,
  undo_by uuid,
  undo_by_label text,
  created_at timestamptz(3) not null,
  finished_at timestamptz(3),
  primary key (organization_id, id),
  foreign key (organization_id, workspace_id) references tenancy.workspace (organization_id, id) on delete cascade,
  constraint action_once unique (organization_id, workspace_id, idempotency_key)
);
-- Two actions on one resource would race each other at the provider.
create unique index action_open on finops.action (organization_id, resource_id)
  where status in ('waiting', 'running', 'undoing', 'quarantined') or undo_pending;
create index action_recent on finops.action (organization_id, workspace_id, id desc);
create index action_by_recommendation on finops.action (organization_id, recommendation_id, id desc);
create index action_by_resource on finops.action (organization_id, resource_id, id desc);
-- What the minute's tick looks for over all organizations.
create index action_due on finops.action (status, undo_until, final_at) where status in ('applied', 'quarantined');
call platform.tenant_table('finops.action');

create table finops.action_step (
  organization_id uuid not null,
  action_id uuid not null,
  phase text not null check (phase in ('apply', 'undo')),
  position integer not null,
  operation text not null,
  target jsonb not null,
  -- As shown; what a program captured is in sealed_parameters.
  parameters jsonb not null,
  sealed_parameters bytea,
  calls text[] not null,
  -- Not before the quarantine is over.
  later boolean not null default false,
  status text not null check (status in
    ('pending', 'running', 'done', 'already', 'failed', 'undone', 'undo_failed', 'skipped')),
  message text,
  problem jsonb,
  attempts integer not null default 0,
  -- Written down before the call is made, so that it is known also when the answer is lost.
  sealed_undo bytea,
  undo_operation text,
  not_before timestamptz(3),
  created jsonb not null default '[]',
  -- Of an undo step: position of the step it takes back.
  undoes integer,
  sent_at timestamptz(3),
  answered_at timestamptz(3),
  started_at timestamptz(3),
  finished_at timestamptz(3),
  -- Idempotency token at the provider.
  token uuid not null,
  primary key (organization_id, action_id, phase, position),
  foreign key (organization_id, action_id) references finops.action (organization_id, id) on delete cascade
);
call platform.tenant_table('finops.action_step');

-- What an action saved, measured from the bill: whole days of one month.
create table finops.realised (
  organization_id uuid not null,
  action_id uuid not null,
  month date not null,
  days integer not null,
  -- Mean effective cost of a day before, and the sum of the days after; in the bill's currency.
  before_per_day numeric(24, 10) not null,
  after_total numeric(24, 10) not null,
  currency text not null,
  -- The saving that was estimated for as many days; in the recommendation's currency.
  estimated numeric(24, 10),
  measured_at timestamptz(3) not null,
  primary key (organization_id, action_id, month),
  foreign key (organization_id, action_id) references finops.action (organization_id, id) on delete cascade
);
call platform.tenant_table('finops.realised');

create table finops.automation_policy (
  organization_id uuid not null,
  id uuid not null,
  workspace_id uuid not null,
  name text not null,
  enabled boolean not null,
  rules text[] not null,
  undo_classes text[] not null,
  account_ids uuid[] not null,
  minimum_monthly numeric(14, 4) not null,
  time_zone text not null,
  days integer[] not null,
  from_hour integer not null check (from_hour between 0 and 23),
  to_hour integer not null check (to_hour between 1 and 24),
  max_actions_per_day integer not null check (max_actions_per_day between 1 and 100),
  -- Whoever set it up last: named in the audit log.
  set_by uuid,
  set_by_label text not null,
  -- The tick it acted in last; several workers never take one twice.
  ticked_at timestamptz(3),
  created_at timestamptz(3) not null,
  primary key (organization_id, id),
  foreign key (organization_id, workspace_id) references tenancy.workspace (organization_id, id) on delete cascade
);
create index automation_policy_by_workspace on finops.automation_policy (organization_id, workspace_id, created_at);
call platform.tenant_table('finops.automation_policy');

-- Which actions another person must decide about; no row means none.
create table finops.approval_setting (
  organization_id uuid not null primary key,
  mode text not null check (mode in ('none', 'restorable', 'all')),
  updated_at timestamptz(3) not null
);
call platform.tenant_table('finops.approval_setting');
