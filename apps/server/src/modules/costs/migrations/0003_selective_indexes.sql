-- As in the inventory: of a table that others refer to, only the primary key begins with organization_id, because
-- without statistics the planner takes `organization_id = … and id = …` to cost the same over every index that does,
-- and sessions keep that plan for their foreign key checks.
alter table costs.alert drop constraint alert_once;
alter table costs.alert add constraint alert_once unique (source_id, dedupe_key);
drop index costs.alert_list;
create index alert_list on costs.alert (workspace_id, id desc);

alter table costs.budget drop constraint budget_name;
alter table costs.budget add constraint budget_name unique (workspace_id, name);

-- Foreign keys to a workspace had none.
create index work_by_workspace on costs.work (workspace_id);
create index source_by_workspace on costs.source (workspace_id);
create index alert_rule_by_workspace on costs.alert_rule (workspace_id);
