-- Data keys of the envelope scheme (crypto/envelope.ts), each wrapped by a key-encryption key that is not in the
-- database. One current key per organization; organization_id is null for the key of data without an organization,
-- which no tenant transaction can see.
create table platform.data_key (
  id uuid primary key,
  organization_id uuid,
  state text not null check (state in ('current', 'retired')),
  -- Names the key-encryption key; changes when it is rotated.
  kek_id text not null,
  wrapped bytea not null,
  created_at timestamptz not null default now(),
  retired_at timestamptz
);

create unique index data_key_one_current on platform.data_key (organization_id) nulls not distinct where state = 'current';
create index data_key_by_kek on platform.data_key (kek_id);

call platform.tenant_table('platform.data_key');
-- A tenant transaction makes its first key and reads its own; replacing and destroying keys is the system's work.
revoke update, delete on platform.data_key from atlas_tenant;
