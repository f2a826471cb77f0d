create schema accounts;

create table accounts.cloud_account (
  organization_id uuid not null references tenancy.organization on delete cascade,
  id uuid not null,
  workspace_id uuid not null,
  provider text not null,
  name text not null,
  native_id text not null,
  principal text not null,
  -- Name of an endpoint the operator allows; null is the provider's own cloud.
  endpoint text,
  method text not null,
  features text[] not null,
  enabled boolean not null default true,
  health_status text not null default 'unknown' check (health_status in ('unknown', 'ok', 'degraded', 'failing')),
  health_problem jsonb,
  health_checked_at timestamptz(3),
  permissions jsonb not null default '[]',
  -- Sealed by platform/crypto for this row; never leaves the server.
  credentials bytea not null,
  credentials_changed_at timestamptz(3) not null,
  created_at timestamptz(3) not null,
  primary key (organization_id, id),
  foreign key (organization_id, workspace_id) references tenancy.workspace (organization_id, id) on delete cascade,
  constraint cloud_account_name unique (organization_id, workspace_id, name)
);
create unique index cloud_account_native on accounts.cloud_account
  (organization_id, workspace_id, provider, native_id, coalesce(endpoint, ''));
call platform.tenant_table('accounts.cloud_account');
