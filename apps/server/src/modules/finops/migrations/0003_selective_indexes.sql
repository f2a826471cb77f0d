-- As in the inventory: only the primary key begins with organization_id, because without statistics the planner takes
-- `organization_id = … and id = …` to cost the same over every index that begins with it, and sessions keep that plan
-- for their foreign key checks and look-ups by id. Workspaces, accounts and resources belong to one organization, so
-- an index that begins with one of them serves the same questions; row level security stays as it is.
drop index finops.scan_recent;
create index scan_recent on finops.scan (workspace_id, id desc);

alter table finops.recommendation drop constraint recommendation_once;
alter table finops.recommendation add constraint recommendation_once unique (account_id, rule_id, native_id);
drop index finops.recommendation_by_saving;
create index recommendation_by_saving on finops.recommendation
  (workspace_id, coalesce(monthly_converted, -1) desc, id desc);
drop index finops.recommendation_by_resource;
create index recommendation_by_resource on finops.recommendation (resource_id);

drop index finops.metric_profile_by_account;
create index metric_profile_by_account on finops.metric_profile (account_id);

alter table finops.action drop constraint action_once;
alter table finops.action add constraint action_once unique (workspace_id, idempotency_key);
drop index finops.action_recent;
create index action_recent on finops.action (workspace_id, id desc);
drop index finops.action_by_recommendation;
create index action_by_recommendation on finops.action (recommendation_id, id desc);
drop index finops.action_by_resource;
create index action_by_resource on finops.action (resource_id, id desc);

drop index finops.automation_policy_by_workspace;
create index automation_policy_by_workspace on finops.automation_policy (workspace_id, created_at);

-- Foreign keys to an account had none: removing an account read all rows of its organization.
create index scan_account_by_account on finops.scan_account (account_id);
create index diagnostic_by_account on finops.diagnostic (account_id);
