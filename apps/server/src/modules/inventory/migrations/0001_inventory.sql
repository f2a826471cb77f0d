create schema inventory;

-- What a list shows and filters by; kept narrow, because text search reads all of one organization's rows.
create table inventory.resource (
  organization_id uuid not null,
  id uuid not null,
  workspace_id uuid not null,
  account_id uuid not null,
  provider text not null,
  service text not null,
  type text not null,
  category text not null,
  native_id text not null,
  short_id text not null,
  name text not null,
  region text not null,
  zone text,
  state text not null,
  state_raw text,
  tags jsonb not null,
  size jsonb,
  monthly_amount numeric(20, 6),
  currency text,
  cloud_created_at timestamptz(3),
  first_seen_at timestamptz(3) not null,
  changed_at timestamptz(3) not null,
  vanished_at timestamptz(3),
  -- Lower-case name, ids and tags in one text.
  search text not null,
  -- Hash of everything the provider said: an unchanged resource costs no write.
  fingerprint bytea not null,
  primary key (organization_id, id),
  foreign key (organization_id, account_id) references accounts.cloud_account (organization_id, id) on delete cascade,
  constraint resource_native unique (organization_id, account_id, type, native_id)
);
create index resource_by_name on inventory.resource (organization_id, workspace_id, name, id) where vanished_at is null;
create index resource_by_type on inventory.resource (organization_id, workspace_id, type, region);
call platform.tenant_table('inventory.resource');

create table inventory.resource_detail (
  organization_id uuid not null,
  resource_id uuid not null,
  attributes jsonb not null,
  primary key (organization_id, resource_id),
  foreign key (organization_id, resource_id) references inventory.resource (organization_id, id) on delete cascade
);
call platform.tenant_table('inventory.resource_detail');

create table inventory.relation (
  organization_id uuid not null,
  resource_id uuid not null,
  kind text not null,
  target_native_id text not null,
  account_id uuid not null,
  primary key (organization_id, resource_id, kind, target_native_id),
  foreign key (organization_id, resource_id) references inventory.resource (organization_id, id) on delete cascade
);
create index relation_by_target on inventory.relation (organization_id, account_id, target_native_id);
call platform.tenant_table('inventory.relation');

create table inventory.change (
  organization_id uuid not null,
  id uuid not null,
  resource_id uuid not null,
  at timestamptz(3) not null,
  kind text not null check (kind in ('appeared', 'changed', 'vanished', 'returned')),
  fields jsonb not null,
  primary key (organization_id, id),
  foreign key (organization_id, resource_id) references inventory.resource (organization_id, id) on delete cascade
);
create index change_by_resource on inventory.change (organization_id, resource_id, id desc);
call platform.tenant_table('inventory.change');

create table inventory.sync_run (
  organization_id uuid not null,
  id uuid not null,
  workspace_id uuid not null,
  account_id uuid not null,
  trigger text not null check (trigger in ('manual', 'schedule', 'account')),
  status text not null check (status in ('running', 'succeeded', 'partial', 'failed')),
  problem jsonb,
  started_at timestamptz(3) not null,
  finished_at timestamptz(3),
  primary key (organization_id, id),
  foreign key (organization_id, account_id) references accounts.cloud_account (organization_id, id) on delete cascade
);
-- One run at a time per account.
create unique index sync_run_open on inventory.sync_run (organization_id, account_id) where status = 'running';
create index sync_run_recent on inventory.sync_run (organization_id, workspace_id, id desc);
call platform.tenant_table('inventory.sync_run');

create table inventory.sync_scope (
  organization_id uuid not null,
  run_id uuid not null,
  service text not null,
  region text not null,
  status text not null check (status in ('pending', 'running', 'done', 'failed')),
  count integer not null default 0,
  appeared integer not null default 0,
  changed integer not null default 0,
  vanished integer not null default 0,
  problems jsonb not null default '[]',
  primary key (organization_id, run_id, service, region),
  foreign key (organization_id, run_id) references inventory.sync_run (organization_id, id) on delete cascade
);
call platform.tenant_table('inventory.sync_scope');

-- Orders to act on or create something: what was asked (secrets sealed), how it went.
create table inventory.cloud_order (
  organization_id uuid not null,
  id uuid not null,
  workspace_id uuid not null,
  account_id uuid not null,
  kind text not null check (kind in ('operation', 'creation')),
  operation text not null,
  type text not null,
  region text not null,
  resource_id uuid,
  resource_name text not null,
  status text not null check (status in ('pending', 'running', 'done', 'failed', 'needs_attention')),
  step text,
  message text,
  problem jsonb,
  shown_input jsonb not null,
  sealed_input bytea,
  result jsonb,
  created_resources jsonb not null default '[]',
  idempotency_key text,
  requested_by uuid,
  requested_by_label text not null,
  ip text,
  request_id text,
  created_at timestamptz(3) not null,
  finished_at timestamptz(3),
  primary key (organization_id, id),
  foreign key (organization_id, account_id) references accounts.cloud_account (organization_id, id) on delete cascade,
  constraint cloud_order_once unique (organization_id, workspace_id, idempotency_key)
);
create index cloud_order_recent on inventory.cloud_order (organization_id, workspace_id, id desc);
-- Two operations on one resource at once would race each other at the provider.
create unique index cloud_order_open on inventory.cloud_order (organization_id, resource_id)
  where status in ('pending', 'running') and resource_id is not null;
call platform.tenant_table('inventory.cloud_order');

create table inventory.resource_view (
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
call platform.tenant_table('inventory.resource_view');
