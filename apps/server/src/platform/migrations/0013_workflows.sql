-- Runs of workflows and the journal of their steps (workflow/journaled-workflows.ts).
create table platform.workflow_run (
  id uuid primary key,
  organization_id uuid not null,
  workspace_id uuid,
  workflow text not null,
  key text not null,
  input jsonb not null,
  status text not null default 'pending' check (
    status in ('pending', 'running', 'waiting', 'undoing', 'succeeded', 'failed', 'cancelled', 'needs_attention')),
  phase text not null default 'forward' check (phase in ('forward', 'undo')),
  -- What the run will be when undo is through.
  outcome text check (outcome in ('failed', 'cancelled')),
  message text,
  started_by text,
  cancel_requested boolean not null default false,
  undo_requested boolean not null default false,
  -- Grows with each executor; a journal entry with an older one is refused.
  lease_token bigint not null default 0,
  lease_until timestamptz,
  -- A waiting run goes on at this time.
  resume_at timestamptz,
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  unique (organization_id, workflow, key),
  unique (organization_id, id)
);

create index workflow_run_list on platform.workflow_run (organization_id, id desc);
create index workflow_run_open on platform.workflow_run (id) where finished_at is null or undo_requested;

call platform.tenant_table('platform.workflow_run');
-- A tenant transaction starts runs and asks for things; what happened is written by executors alone.
revoke update, delete on platform.workflow_run from atlas_tenant;
grant update (cancel_requested, undo_requested, resume_at) on platform.workflow_run to atlas_tenant;

create table platform.workflow_step (
  run_id uuid not null,
  organization_id uuid not null,
  step_id text not null,
  position integer not null,
  status text not null default 'pending' check (
    status in ('pending', 'running', 'done', 'failed', 'undoing', 'undone', 'undo_failed')),
  -- Times it was started; of these, times it failed; times its executor vanished in the middle.
  attempts integer not null default 0,
  failures integer not null default 0,
  interruptions integer not null default 0,
  undo_failures integer not null default 0,
  result jsonb,
  error text,
  started_at timestamptz,
  finished_at timestamptz,
  primary key (run_id, step_id),
  foreign key (organization_id, run_id) references platform.workflow_run (organization_id, id) on delete cascade
);

call platform.tenant_table('platform.workflow_step');
revoke update, delete on platform.workflow_step from atlas_tenant;
