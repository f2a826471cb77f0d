create schema identity;

-- A person who proved the e-mail address. Room for other ways in: password_hash is null when there is none.
create table identity.user_account (
  id uuid primary key,
  email text not null,
  name text not null,
  password_hash text,
  locale text not null,
  time_zone text not null default 'UTC',
  theme text not null default 'system' check (theme in ('system', 'light', 'dark')),
  staff_role text check (staff_role in ('internal_admin', 'internal_support')),
  created_at timestamptz(3) not null,
  disabled_at timestamptz(3),
  constraint user_account_email_key unique (email)
);
call platform.system_table('identity.user_account');

-- A sign-up that waits for its mail link. Several may wait for one address; each keeps its own password, so
-- whoever signs up somebody else's address gains nothing when that person confirms.
create table identity.registration (
  id uuid primary key,
  email text not null,
  name text not null,
  password_hash text not null,
  locale text not null,
  -- SHA-256 of the secret in the mail link, and of the cookie of the browser that signed up.
  token_hash bytea not null,
  browser_hash bytea not null,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  constraint registration_token_key unique (token_hash)
);
create index registration_email on identity.registration (email, created_at desc);
create index registration_expires on identity.registration (expires_at);
call platform.system_table('identity.registration');

-- One signed-in browser (its cookie's hash) or one API client (its refresh tokens are in refresh_token).
create table identity.session (
  id uuid primary key,
  user_id uuid not null references identity.user_account (id) on delete cascade,
  kind text not null check (kind in ('browser', 'api')),
  token_hash bytea,
  ip text not null,
  user_agent text not null,
  created_at timestamptz(3) not null,
  last_seen_at timestamptz(3) not null,
  -- Absolute end; the idle limit counts from last_seen_at.
  expires_at timestamptz(3) not null,
  ended_at timestamptz(3),
  end_reason text,
  check ((kind = 'browser') = (token_hash is not null)),
  constraint session_token_key unique (token_hash)
);
create index session_open on identity.session (user_id) where ended_at is null;
create index session_expires on identity.session (expires_at);
call platform.system_table('identity.session');

create table identity.refresh_token (
  token_hash bytea primary key,
  session_id uuid not null references identity.session (id) on delete cascade,
  -- The token that followed it, once it was used; so that a repeated request can be told from a stolen token.
  successor_hash bytea,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  used_at timestamptz(3),
  check ((used_at is null) = (successor_hash is null))
);
create index refresh_token_session on identity.refresh_token (session_id);
call platform.system_table('identity.refresh_token');

create table identity.password_reset (
  id uuid primary key,
  user_id uuid not null references identity.user_account (id) on delete cascade,
  token_hash bytea not null,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  constraint password_reset_token_key unique (token_hash)
);
create index password_reset_user on identity.password_reset (user_id);
create index password_reset_expires on identity.password_reset (expires_at);
call platform.system_table('identity.password_reset');

create table identity.totp_factor (
  user_id uuid primary key references identity.user_account (id) on delete cascade,
  -- Sealed with the row's user_id as its place.
  seed bytea not null,
  created_at timestamptz(3) not null,
  -- Null while the person has not yet typed the first code.
  confirmed_at timestamptz(3),
  -- Time step (RFC 6238) of the last code that was accepted: a code works once.
  last_step bigint not null default 0,
  -- Salt of the person's recovery codes.
  recovery_salt bytea not null
);
call platform.system_table('identity.totp_factor');

create table identity.recovery_code (
  user_id uuid not null references identity.totp_factor (user_id) on delete cascade,
  code_hash bytea not null,
  used_at timestamptz(3),
  primary key (user_id, code_hash)
);
call platform.system_table('identity.recovery_code');

-- The password was right, the second factor is missing.
create table identity.mfa_challenge (
  id uuid primary key,
  user_id uuid not null references identity.user_account (id) on delete cascade,
  token_hash bytea not null,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  constraint mfa_challenge_token_key unique (token_hash)
);
create index mfa_challenge_user on identity.mfa_challenge (user_id);
create index mfa_challenge_expires on identity.mfa_challenge (expires_at);
call platform.system_table('identity.mfa_challenge');

create table identity.api_key (
  id uuid primary key,
  user_id uuid not null references identity.user_account (id) on delete cascade,
  -- No foreign key: tenancy is above identity; a key of a deleted organization opens nothing.
  organization_id uuid not null,
  name text not null,
  prefix text not null,
  secret_hash bytea not null,
  permissions text[] not null,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  last_used_at timestamptz(3),
  constraint api_key_secret_key unique (secret_hash)
);
create index api_key_user on identity.api_key (user_id, id desc);
create index api_key_expires on identity.api_key (expires_at);
call platform.system_table('identity.api_key');

-- Key pairs of the access tokens; the private part is sealed with the row's kid as its place.
create table identity.signing_key (
  kid text primary key,
  public_jwk jsonb not null,
  private_key bytea not null,
  created_at timestamptz(3) not null,
  signs_until timestamptz(3) not null,
  verifies_until timestamptz(3) not null
);
call platform.system_table('identity.signing_key');
