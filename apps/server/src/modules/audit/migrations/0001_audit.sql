create schema audit;

-- One hash chain per organization; the all-zero id is the chain of the installation itself (sign-ins, staff).
create table audit.chain (
  organization_id uuid primary key,
  last_sequence bigint not null,
  last_hash text not null
);
call platform.tenant_table('audit.chain');

create table audit.entry (
  organization_id uuid not null,
  sequence bigint not null,
  id uuid not null,
  at timestamptz(3) not null,
  action text not null,
  outcome text not null check (outcome in ('success', 'failure', 'denied')),
  actor_kind text not null check (actor_kind in ('user', 'api_key', 'staff', 'system', 'anonymous')),
  actor_id text,
  actor_label text not null,
  provider text,
  target_type text,
  target_id text,
  target_label text,
  workspace_id uuid,
  ip text,
  request_id text,
  details jsonb not null,
  hash text not null,
  primary key (organization_id, sequence)
);
create index entry_action on audit.entry (organization_id, action, sequence desc);
create index entry_at on audit.entry (organization_id, at);
call platform.tenant_table('audit.entry');

-- Signed statements "at this time the chain ended here", so that cutting off its end shows too.
create table audit.checkpoint (
  organization_id uuid not null,
  sequence bigint not null,
  hash text not null,
  at timestamptz(3) not null,
  signature text not null,
  primary key (organization_id, sequence)
);
call platform.tenant_table('audit.checkpoint');

-- Written once, never changed: by right and, for whoever has more rights, by trigger.
revoke update, delete on audit.entry, audit.checkpoint from atlas_tenant, atlas_system;
create function audit.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'audit rows are never changed';
end $$;
create trigger entry_is_final before update or delete on audit.entry
  for each row execute function audit.refuse_change();
create trigger entry_is_never_truncated before truncate on audit.entry
  for each statement execute function audit.refuse_change();
create trigger checkpoint_is_final before update or delete on audit.checkpoint
  for each row execute function audit.refuse_change();
