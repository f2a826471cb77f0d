-- As in the inventory: only the primary key begins with organization_id, because without statistics the planner takes
-- `organization_id = … and id = …` to cost the same over every index that begins with it, and sessions keep that plan
-- for their foreign key checks and look-ups by id. A schedule, run or resource belongs to one organization, so an index
-- that begins with it serves the same questions; row level security stays as it is.
alter table schedules.schedule drop constraint schedule_name;
alter table schedules.schedule add constraint schedule_name unique (workspace_id, operation, name);
drop index schedules.schedule_by_name;
create index schedule_by_name on schedules.schedule (workspace_id, name, id);

alter table schedules.run drop constraint run_once;
alter table schedules.run add constraint run_once unique (schedule_id, due_at);
drop index schedules.run_recent;
create index run_recent on schedules.run (schedule_id, id desc);

drop index schedules.run_target_by_resource;
create index run_target_by_resource on schedules.run_target (resource_id, finished_at desc);

alter table schedules.keep_on drop constraint keep_on_schedule;
alter table schedules.keep_on add constraint keep_on_schedule unique (schedule_id);
drop index schedules.keep_on_active;
create index keep_on_active on schedules.keep_on (workspace_id, until);

drop index schedules.off_period_by_schedule;
create index off_period_by_schedule on schedules.off_period (schedule_id);
-- The foreign key to the workspace had none.
create index off_period_by_workspace on schedules.off_period (workspace_id);
