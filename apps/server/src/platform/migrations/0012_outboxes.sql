-- Domain events (events/postgres-events.ts). A publisher only inserts. A relay, one at a time, gives committed events
-- their place in the sequence and writes one delivery per subscriber; so a transaction that commits late gets a later
-- place instead of being skipped by a reader that is already past it.
create table platform.event (
  id uuid primary key,
  -- Order of the inserts; tells events of one transaction apart.
  ordinal bigint generated always as identity,
  -- Null: of no organization, published and delivered in system transactions.
  organization_id uuid,
  name text not null,
  version integer not null,
  payload jsonb not null,
  occurred_at timestamptz not null default now(),
  -- Null until a relay has seen it.
  sequence bigint
);

create index event_unsequenced on platform.event (ordinal) where sequence is null;
create index event_age on platform.event (occurred_at);
create sequence platform.event_sequence;
grant usage on sequence platform.event_sequence to atlas_system;

call platform.tenant_table('platform.event');
revoke update, delete on platform.event from atlas_tenant;

-- Subscribers of every release that is running: a relay of the old release also writes deliveries for the new one's.
create table platform.event_subscriber (
  name text primary key,
  event_name text not null,
  event_version integer not null,
  seen_at timestamptz not null default now()
);

call platform.system_table('platform.event_subscriber');

-- What a subscriber has yet to receive. The row is deleted in the transaction of the handler: that is the receipt.
create table platform.event_delivery (
  subscriber text not null,
  event_id uuid not null references platform.event on delete cascade,
  organization_id uuid,
  sequence bigint not null,
  status text not null default 'pending' check (status in ('pending', 'parked')),
  attempts integer not null default 0,
  next_attempt_at timestamptz not null default now(),
  error text,
  primary key (subscriber, event_id)
);

create index event_delivery_heads on platform.event_delivery (subscriber, organization_id, sequence) where status = 'pending';
create index event_delivery_event on platform.event_delivery (event_id);

call platform.tenant_table('platform.event_delivery');
-- Handlers run in the organization's transaction and remove their receipt there; only the relay writes.
revoke insert, update on platform.event_delivery from atlas_tenant;

-- Mails (mail/smtp-mailer.ts). Bodies may hold links that sign people in.
create table platform.mail_outbox (
  id uuid primary key,
  -- The organization whose transaction sent it; null for mails to people as such.
  organization_id uuid default platform.current_organization(),
  recipient text not null,
  subject text not null,
  -- Null once the mail is on its way: links in it must not lie around.
  body_text text,
  body_html text,
  status text not null check (status in ('queued', 'held', 'sent', 'bounced', 'failed')),
  error text,
  created_at timestamptz not null default now(),
  finished_at timestamptz
);

create index mail_outbox_age on platform.mail_outbox (created_at);

call platform.tenant_table('platform.mail_outbox');
-- A tenant transaction sends; nobody in it reads what others were sent.
revoke select, update, delete on platform.mail_outbox from atlas_tenant;
