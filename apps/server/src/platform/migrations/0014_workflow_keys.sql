-- Without statistics the planner takes `organization_id = … and id = …` to cost the same over every index that begins
-- with organization_id, and sessions keep that plan for their foreign key checks: in a new installation each step
-- written could read all runs of its organization. A key names what it is about and is selective by itself.
alter table platform.workflow_run drop constraint workflow_run_organization_id_workflow_key_key;
alter table platform.workflow_run add constraint workflow_run_key unique (key, workflow, organization_id);
