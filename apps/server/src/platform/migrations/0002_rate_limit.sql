-- Counters of rate-limiter-flexible, which names the columns. UNLOGGED: a crash may forget a window.
create unlogged table platform.rate_limit (
  key varchar(255) primary key,
  points integer not null default 0,
  expire bigint
);
create index rate_limit_expire on platform.rate_limit (expire);

call platform.system_table('platform.rate_limit');
-- Counted outside any tenant's transaction, as the login role itself; keys are no secrets.
grant select, insert, update, delete on platform.rate_limit to atlas_tenant;
