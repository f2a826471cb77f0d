create schema costs;

-- Which files of the lake make up one account's billing month right now. The swap of a row is the one instant at
-- which old data becomes new data.
create table costs.partition (
  organization_id uuid not null references tenancy.organization on delete cascade,
  workspace_id uuid not null,
  -- YYYY-MM, UTC.
  billing_period text not null check (billing_period ~ '^\d{4}-\d{2}$'),
  billing_account_id text not null,
  version text not null,
  -- Paths, sizes and checksums of the files.
  files jsonb not null,
  -- Exact sums per currency.
  sums jsonb not null,
  first_day date not null,
  last_day date not null,
  import_ids text[] not null,
  origin text not null check (origin in ('upload', 'folder', 'export', 'query')),
  -- Connected account that delivered it; stays when the account is disconnected.
  source_account_id uuid,
  committed_at timestamptz(3) not null,
  -- Version of which the roll-up was computed.
  rolled_version text,
  verified_at timestamptz(3),
  verify_problem text,
  primary key (organization_id, workspace_id, billing_period, billing_account_id),
  foreign key (organization_id, workspace_id) references tenancy.workspace (organization_id, id) on delete cascade
);
call platform.tenant_table('costs.partition');

-- Contents that were imported, for the recognition of duplicates.
create table costs.imported_file (
  organization_id uuid not null,
  workspace_id uuid not null,
  sha256 text not null,
  import_id uuid not null,
  name text not null,
  bytes bigint not null,
  partitions integer not null,
  primary key (organization_id, workspace_id, sha256),
  foreign key (organization_id, workspace_id) references tenancy.workspace (organization_id, id) on delete cascade
);
call platform.tenant_table('costs.imported_file');

-- Work under way whose files must not be swept; one whose process died is forgotten when its beat is old.
create table costs.work (
  organization_id uuid not null,
  id uuid not null,
  workspace_id uuid not null,
  started_at timestamptz(3) not null,
  beat_at timestamptz(3) not null,
  primary key (organization_id, id),
  foreign key (organization_id, workspace_id) references tenancy.workspace (organization_id, id) on delete cascade
);
call platform.tenant_table('costs.work');

create table costs.import (
  organization_id uuid not null,
  id uuid not null,
  workspace_id uuid not null,
  status text not null check (status in ('receiving', 'queued', 'running', 'imported', 'duplicate', 'failed', 'cancelled')),
  origin text not null check (origin in ('upload', 'folder', 'export', 'query')),
  on_existing text not null check (on_existing in ('replace', 'append', 'refuse')),
  reading jsonb not null default '{}',
  force boolean not null default false,
  -- Connected account it came from; its name stays when the account is gone.
  account_id uuid,
  account_name text,
  files jsonb not null default '[]',
  progress jsonb,
  rows jsonb,
  report jsonb,
  has_rejects boolean not null default false,
  problem jsonb,
  duplicate_of uuid,
  requested_by uuid,
  requested_by_label text not null,
  created_at timestamptz(3) not null,
  changed_at timestamptz(3) not null,
  finished_at timestamptz(3),
  primary key (organization_id, id),
  foreign key (organization_id, workspace_id) references tenancy.workspace (organization_id, id) on delete cascade
);
create index import_list on costs.import (organization_id, workspace_id, id desc);
call platform.tenant_table('costs.import');

-- Source against store, of what a partition holds now.
create table costs.reconciliation (
  organization_id uuid not null,
  workspace_id uuid not null,
  billing_period text not null,
  billing_account_id text not null,
  currency text not null,
  import_id uuid not null,
  source_rows bigint not null,
  refused_rows bigint not null,
  store_rows bigint not null,
  source_billed numeric not null,
  refused_billed numeric not null,
  store_billed numeric not null,
  primary key (organization_id, workspace_id, billing_period, billing_account_id, currency),
  foreign key (organization_id, workspace_id, billing_period, billing_account_id)
    references costs.partition (organization_id, workspace_id, billing_period, billing_account_id) on delete cascade
);
call platform.tenant_table('costs.reconciliation');

-- Daily roll-up for dashboards; a pure function of a partition's version.
create table costs.daily (
  organization_id uuid not null,
  workspace_id uuid not null,
  billing_period text not null,
  billing_account_id text not null,
  day date not null,
  provider text not null,
  account_id text not null,
  account_name text not null,
  service text not null,
  category text not null,
  region text not null,
  charge_category text not null,
  currency text not null,
  billed numeric not null,
  effective numeric not null,
  list numeric not null,
  contracted numeric not null,
  line_items bigint not null,
  foreign key (organization_id, workspace_id, billing_period, billing_account_id)
    references costs.partition (organization_id, workspace_id, billing_period, billing_account_id) on delete cascade
);
create index daily_partition on costs.daily (organization_id, workspace_id, billing_period, billing_account_id);
create index daily_day on costs.daily (organization_id, workspace_id, day);
call platform.tenant_table('costs.daily');

create table costs.tag_key (
  organization_id uuid not null,
  workspace_id uuid not null,
  billing_period text not null,
  billing_account_id text not null,
  key text not null,
  weight numeric not null,
  primary key (organization_id, workspace_id, billing_period, billing_account_id, key),
  foreign key (organization_id, workspace_id, billing_period, billing_account_id)
    references costs.partition (organization_id, workspace_id, billing_period, billing_account_id) on delete cascade
);
call platform.tenant_table('costs.tag_key');

create table costs.source (
  organization_id uuid not null,
  account_id uuid not null,
  workspace_id uuid not null,
  mode text not null check (mode in ('off', 'query', 'export')),
  location jsonb,
  status text not null check (status in ('never', 'queued', 'running', 'ok', 'failing')),
  problem jsonb,
  last_run_at timestamptz(3),
  query_cost jsonb,
  -- Delivery times already imported, by export id.
  delivered jsonb not null default '{}',
  primary key (organization_id, account_id),
  foreign key (organization_id, workspace_id) references tenancy.workspace (organization_id, id) on delete cascade,
  foreign key (organization_id, account_id) references accounts.cloud_account (organization_id, id) on delete cascade
);
call platform.tenant_table('costs.source');

-- Rates are the organization's, whatever the workspace.
create table costs.rate (
  organization_id uuid not null references tenancy.organization on delete cascade,
  id uuid not null,
  from_currency text not null,
  to_currency text not null,
  day date not null,
  rate numeric not null check (rate > 0),
  source text not null,
  updated_at timestamptz(3) not null,
  primary key (organization_id, id),
  constraint rate_day unique (organization_id, from_currency, to_currency, day)
);
call platform.tenant_table('costs.rate');

create table costs.settings (
  organization_id uuid not null,
  workspace_id uuid not null,
  display_currency text,
  closed_through text,
  retention_months integer,
  primary key (organization_id, workspace_id),
  foreign key (organization_id, workspace_id) references tenancy.workspace (organization_id, id) on delete cascade
);
call platform.tenant_table('costs.settings');

create table costs.view (
  organization_id uuid not null,
  id uuid not null,
  workspace_id uuid not null,
  user_id uuid not null,
  name text not null,
  search text not null,
  shared boolean not null,
  created_at timestamptz(3) not null,
  primary key (organization_id, id),
  foreign key (organization_id, workspace_id) references tenancy.workspace (organization_id, id) on delete cascade
);
create index view_list on costs.view (organization_id, workspace_id);
call platform.tenant_table('costs.view');

create table costs.budget (
  organization_id uuid not null,
  id uuid not null,
  workspace_id uuid not null,
  name text not null,
  period text not null check (period in ('monthly', 'quarterly', 'yearly')),
  amount numeric not null check (amount > 0),
  currency text not null,
  metric text not null,
  filters jsonb not null,
  thresholds jsonb not null,
  enabled boolean not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  primary key (organization_id, id),
  foreign key (organization_id, workspace_id) references tenancy.workspace (organization_id, id) on delete cascade,
  constraint budget_name unique (organization_id, workspace_id, name)
);
call platform.tenant_table('costs.budget');

create table costs.budget_state (
  organization_id uuid not null,
  budget_id uuid not null,
  period_start date not null,
  period_end date not null,
  actual numeric,
  forecast numeric,
  problem text,
  evaluated_at timestamptz(3) not null,
  primary key (organization_id, budget_id, period_start),
  foreign key (organization_id, budget_id) references costs.budget (organization_id, id) on delete cascade
);
call platform.tenant_table('costs.budget_state');

create table costs.alert_rule (
  organization_id uuid not null,
  id uuid not null,
  workspace_id uuid not null,
  name text not null,
  filters jsonb not null,
  time_window text not null check (time_window in ('day', 'week', 'month')),
  condition jsonb not null,
  enabled boolean not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  last_fired_at timestamptz(3),
  primary key (organization_id, id),
  foreign key (organization_id, workspace_id) references tenancy.workspace (organization_id, id) on delete cascade
);
call platform.tenant_table('costs.alert_rule');

create table costs.alert (
  organization_id uuid not null,
  id uuid not null,
  workspace_id uuid not null,
  kind text not null check (kind in ('budget', 'rule', 'anomaly')),
  severity text not null check (severity in ('info', 'warning', 'critical')),
  source_id uuid not null,
  source_name text not null,
  facts jsonb not null,
  currency text not null,
  period_start date not null,
  -- Period and threshold: what makes it fire once.
  dedupe_key text not null,
  created_at timestamptz(3) not null,
  primary key (organization_id, id),
  foreign key (organization_id, workspace_id) references tenancy.workspace (organization_id, id) on delete cascade,
  constraint alert_once unique (organization_id, source_id, dedupe_key)
);
create index alert_list on costs.alert (organization_id, workspace_id, id desc);
call platform.tenant_table('costs.alert');

create table costs.alert_read (
  organization_id uuid not null,
  alert_id uuid not null,
  user_id uuid not null,
  read_at timestamptz(3) not null,
  primary key (organization_id, alert_id, user_id),
  foreign key (organization_id, alert_id) references costs.alert (organization_id, id) on delete cascade
);
call platform.tenant_table('costs.alert_read');

create table costs.alert_preference (
  organization_id uuid not null,
  workspace_id uuid not null,
  user_id uuid not null,
  mail boolean not null,
  primary key (organization_id, workspace_id, user_id),
  foreign key (organization_id, workspace_id) references tenancy.workspace (organization_id, id) on delete cascade
);
call platform.tenant_table('costs.alert_preference');

create table costs.anomaly (
  organization_id uuid not null,
  id uuid not null,
  workspace_id uuid not null,
  -- Empty text: the line items have none.
  provider text not null,
  account_id text not null,
  service text not null,
  region text not null,
  currency text not null,
  day date not null,
  kind text not null check (kind in ('spike', 'drop', 'new')),
  actual numeric not null,
  expected numeric not null,
  score double precision not null,
  method text not null check (method in ('seasonal', 'baseline', 'both')),
  status text not null check (status in ('open', 'expected')),
  note text,
  marked_by text,
  detected_at timestamptz(3) not null,
  primary key (organization_id, id),
  foreign key (organization_id, workspace_id) references tenancy.workspace (organization_id, id) on delete cascade,
  constraint anomaly_day unique (organization_id, workspace_id, provider, account_id, service, region, currency, day)
);
create index anomaly_list on costs.anomaly (organization_id, workspace_id, day desc, id);
call platform.tenant_table('costs.anomaly');

create table costs.allocation (
  organization_id uuid not null,
  workspace_id uuid not null,
  rules jsonb not null,
  updated_at timestamptz(3) not null,
  primary key (organization_id, workspace_id),
  foreign key (organization_id, workspace_id) references tenancy.workspace (organization_id, id) on delete cascade
);
call platform.tenant_table('costs.allocation');
