create schema tenancy;

create table tenancy.organization (
  -- Named like everywhere, so that row level security is the same rule for this table too.
  organization_id uuid primary key,
  slug text not null,
  name text not null,
  plan text not null default 'free' check (plan in ('free', 'pro', 'enterprise')),
  kind text not null default 'standalone' check (kind in ('standalone', 'master', 'partner')),
  created_at timestamptz(3) not null,
  deletion_scheduled_at timestamptz(3),
  constraint organization_slug unique (slug)
);
call platform.tenant_table('tenancy.organization');

create table tenancy.workspace (
  organization_id uuid not null references tenancy.organization on delete cascade,
  id uuid not null,
  slug text not null,
  name text not null,
  created_at timestamptz(3) not null,
  primary key (organization_id, id),
  constraint workspace_slug unique (organization_id, slug)
);
call platform.tenant_table('tenancy.workspace');

create table tenancy.member (
  organization_id uuid not null references tenancy.organization on delete cascade,
  id uuid not null,
  user_id uuid not null,
  role text not null check (role in ('owner', 'admin', 'operator', 'viewer', 'billing')),
  joined_at timestamptz(3) not null,
  primary key (organization_id, id),
  constraint member_user unique (organization_id, user_id)
);
create index member_by_user on tenancy.member (user_id);
call platform.tenant_table('tenancy.member');

create table tenancy.workspace_role (
  organization_id uuid not null,
  workspace_id uuid not null,
  member_id uuid not null,
  role text not null check (role in ('admin', 'operator', 'viewer', 'billing')),
  primary key (organization_id, workspace_id, member_id),
  foreign key (organization_id, workspace_id) references tenancy.workspace (organization_id, id) on delete cascade,
  foreign key (organization_id, member_id) references tenancy.member (organization_id, id) on delete cascade
);
call platform.tenant_table('tenancy.workspace_role');

create table tenancy.invitation (
  organization_id uuid not null references tenancy.organization on delete cascade,
  id uuid not null,
  email text not null,
  role text not null check (role in ('admin', 'operator', 'viewer', 'billing', 'owner')),
  token_hash bytea not null,
  invited_by uuid not null,
  invited_by_name text not null,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  accepted_at timestamptz(3),
  revoked_at timestamptz(3),
  primary key (organization_id, id),
  constraint invitation_token unique (token_hash)
);
create unique index invitation_open on tenancy.invitation (organization_id, email)
  where accepted_at is null and revoked_at is null;
call platform.tenant_table('tenancy.invitation');
