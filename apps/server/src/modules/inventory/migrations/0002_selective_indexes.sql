-- Of each table only the primary key begins with organization_id. Before a table has statistics, the planner takes
-- `organization_id = … and id = …` to cost the same over every index that begins with organization_id, and prefers the
-- youngest; sessions then keep that plan for their foreign key checks. The first synchronisation of a new installation
-- read all rows of its organization for each row it wrote. Workspaces, accounts and resources belong to one
-- organization, so an index that begins with one of them serves the same questions; row level security stays as it is.
alter table inventory.resource drop constraint resource_native;
alter table inventory.resource add constraint resource_native unique (account_id, type, native_id);
drop index inventory.resource_by_name;
create index resource_by_name on inventory.resource (workspace_id, name, id) where vanished_at is null;
drop index inventory.resource_by_type;
create index resource_by_type on inventory.resource (workspace_id, type, region);
-- What one job of a synchronisation compares with.
create index resource_by_scope on inventory.resource (account_id, service, region);

drop index inventory.relation_by_target;
create index relation_by_target on inventory.relation (account_id, target_native_id);

drop index inventory.change_by_resource;
create index change_by_resource on inventory.change (resource_id, id desc);

drop index inventory.sync_run_open;
create unique index sync_run_open on inventory.sync_run (account_id) where status = 'running';
drop index inventory.sync_run_recent;
create index sync_run_recent on inventory.sync_run (workspace_id, id desc);
create index sync_run_of_account on inventory.sync_run (account_id, id desc);

alter table inventory.cloud_order drop constraint cloud_order_once;
alter table inventory.cloud_order add constraint cloud_order_once unique (workspace_id, idempotency_key);
drop index inventory.cloud_order_recent;
create index cloud_order_recent on inventory.cloud_order (workspace_id, id desc);
drop index inventory.cloud_order_open;
create unique index cloud_order_open on inventory.cloud_order (resource_id)
  where status in ('pending', 'running') and resource_id is not null;
