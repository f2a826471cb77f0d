-- A request for an action ends when nobody decides about it, and whoever asked can withdraw it.
alter table finops.action drop constraint action_status_check;
alter table finops.action add constraint action_status_check check (status in ('waiting', 'running', 'applied',
  'quarantined', 'final', 'failed', 'undoing', 'undone', 'rejected', 'withdrawn', 'expired', 'needs_attention'));
-- Null for what asked before there was an end: seven days after it was asked.
alter table finops.action add column expires_at timestamptz(3);
create index action_waiting on finops.action (expires_at) where status = 'waiting';

alter table finops.approval_setting
  add column expire_days integer not null default 7 check (expire_days between 1 and 90);

-- Whoever set the policy up has typed its name for what cannot be brought back; without it class N is left alone.
alter table finops.automation_policy add column final_confirmed boolean not null default false;
