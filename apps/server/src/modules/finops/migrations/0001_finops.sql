create schema finops;

-- Settings of an organization over all rules; no row means the defaults.
create table finops.settings (
  organization_id uuid not null primary key,
  exclude_tags text[] not null,
  minimum_monthly numeric(14, 4) not null,
  regions text[] not null,
  -- Hours between scans; null for by hand only.
  scan_every_hours integer check (scan_every_hours between 1 and 168),
  updated_at timestamptz(3) not null
);
call platform.tenant_table('finops.settings');

create table finops.rule_setting (
  organization_id uuid not null,
  rule_id text not null,
  enabled boolean not null,
  snoozed_until timestamptz(3),
  -- Values that differ from the rule's defaults, by parameter.
  values jsonb not null,
  primary key (organization_id, rule_id)
);
call platform.tenant_table('finops.rule_setting');

create table finops.scan (
  organization_id uuid not null,
  id uuid not null,
  workspace_id uuid not null,
  trigger text not null check (trigger in ('manual', 'schedule', 'sync')),
  status text not null check (status in ('running', 'succeeded', 'partial', 'failed')),
  message text,
  -- Last complete day of costs it rested on; a scan without any is repeated when the first bill is there.
  costs_through date,
  started_at timestamptz(3) not null,
  finished_at timestamptz(3),
  primary key (organization_id, id),
  foreign key (organization_id, workspace_id) references tenancy.workspace (organization_id, id) on delete cascade
);
-- One scan at a time per workspace.
create unique index scan_open on finops.scan (organization_id, workspace_id) where status = 'running';
create index scan_recent on finops.scan (organization_id, workspace_id, id desc);
call platform.tenant_table('finops.scan');

-- A scan's share of one account; its job is resumed from here after a kill.
create table finops.scan_account (
  organization_id uuid not null,
  scan_id uuid not null,
  account_id uuid not null,
  status text not null check (status in ('pending', 'metrics', 'rules', 'done', 'failed')),
  done integer not null default 0,
  total integer not null default 0,
  examined integer not null default 0,
  found integer not null default 0,
  opened integer not null default 0,
  expired integer not null default 0,
  message text,
  updated_at timestamptz(3) not null,
  primary key (organization_id, scan_id, account_id),
  foreign key (organization_id, scan_id) references finops.scan (organization_id, id) on delete cascade,
  foreign key (organization_id, account_id) references accounts.cloud_account (organization_id, id) on delete cascade
);
call platform.tenant_table('finops.scan_account');

create table finops.recommendation (
  organization_id uuid not null,
  id uuid not null,
  workspace_id uuid not null,
  account_id uuid not null,
  rule_id text not null,
  resource_id uuid not null,
  native_id text not null,
  provider text not null,
  category text not null,
  region text not null,
  name text not null,
  -- The resource as it was found: type, ids, region, state, tags.
  resource jsonb not null,
  status text not null
    check (status in ('open', 'applying', 'applied', 'dismissed', 'expired', 'needs_attention')),
  priority text not null check (priority in ('high', 'medium', 'low')),
  monthly numeric(20, 6),
  currency text,
  -- In the organization's currency; null where no rate is known.
  monthly_converted numeric(20, 6),
  -- The part of it that no other open finding of the resource claims.
  counted_monthly numeric(20, 6) not null,
  claims text not null check (claims in ('all', 'setting')),
  -- Actual amortised cost of the resource a month.
  cost_monthly numeric(20, 6),
  cost_currency text,
  cost_converted numeric(20, 6),
  confidence text not null,
  effort text not null,
  restart boolean not null,
  undo_class text not null,
  -- why, explanation, current, recommended, evidence, method
  finding jsonb not null,
  -- PlannedAction; null for advice.
  action jsonb,
  -- State, size and attachments found, for the check before acting.
  fingerprint jsonb not null,
  -- Why the newest scan could not look at it again: reason and detail.
  kept jsonb,
  first_seen_at timestamptz(3) not null,
  last_seen_at timestamptz(3) not null,
  assignee_id uuid,
  dismissal jsonb,
  dismissed_until timestamptz(3),
  action_id uuid,
  applied_at timestamptz(3),
  -- Lower-case name, ids and type.
  search text not null,
  primary key (organization_id, id),
  foreign key (organization_id, workspace_id) references tenancy.workspace (organization_id, id) on delete cascade,
  foreign key (organization_id, account_id) references accounts.cloud_account (organization_id, id) on delete cascade,
  -- An account belongs to one workspace.
  constraint recommendation_once unique (organization_id, account_id, rule_id, native_id)
);
create index recommendation_by_saving on finops.recommendation
  (organization_id, workspace_id, coalesce(monthly_converted, -1) desc, id desc);
create index recommendation_by_resource on finops.recommendation (organization_id, resource_id);
call platform.tenant_table('finops.recommendation');

-- What a scan found in an account so far; becomes recommendations in one transaction at the account's end.
create table finops.found (
  organization_id uuid not null,
  scan_id uuid not null,
  account_id uuid not null,
  rule_id text not null,
  native_id text not null,
  -- Null where an earlier finding is kept because the resource could not be examined again.
  resource_id uuid,
  row jsonb not null,
  primary key (organization_id, scan_id, account_id, rule_id, native_id),
  foreign key (organization_id, scan_id) references finops.scan (organization_id, id) on delete cascade
);
call platform.tenant_table('finops.found');

-- Why a rule said nothing: the newest scan's counts per rule, account and region.
create table finops.diagnostic (
  organization_id uuid not null,
  workspace_id uuid not null,
  rule_id text not null,
  account_id uuid not null,
  region text not null,
  examined integer not null,
  found integer not null,
  clear integer not null,
  skipped jsonb not null,
  primary key (organization_id, workspace_id, rule_id, account_id, region),
  foreign key (organization_id, account_id) references accounts.cloud_account (organization_id, id) on delete cascade
);
call platform.tenant_table('finops.diagnostic');

-- Hourly values of one statistic of one metric of one resource, at most 63 days, ending at a midnight.
create table finops.metric_profile (
  organization_id uuid not null,
  resource_id uuid not null,
  metric text not null,
  statistic text not null,
  account_id uuid not null,
  unit text not null,
  -- UTC day after the last one that was asked for.
  through date not null,
  -- Little-endian 32-bit floats, one an hour, oldest first; NaN where the provider has no point.
  hours bytea not null,
  primary key (organization_id, resource_id, metric, statistic),
  foreign key (organization_id, account_id) references accounts.cloud_account (organization_id, id) on delete cascade
) with (toast_tuple_target = 8160);
-- Stays in the row: a scan reads every value, and a detour through the TOAST table costs more than the page.
alter table finops.metric_profile alter column hours set storage main;
create index metric_profile_by_account on finops.metric_profile (organization_id, account_id);
call platform.tenant_table('finops.metric_profile');

-- List prices that were asked for; no amount where the provider knows none.
create table finops.price (
  organization_id uuid not null,
  provider text not null,
  -- The query as canonical JSON.
  query text not null,
  quote jsonb,
  fetched_at timestamptz(3) not null,
  primary key (organization_id, provider, query)
);
call platform.tenant_table('finops.price');
