-- Saved filters of the savings page: a person's own, and those shared with the workspace.
create table finops.view (
  organization_id uuid not null,
  id uuid not null,
  workspace_id uuid not null,
  user_id uuid not null,
  name text not null,
  search text not null,
  shared boolean not null,
  created_at timestamptz(3) not null,
  primary key (organization_id, id),
  foreign key (organization_id, workspace_id) references tenancy.workspace (organization_id, id) on delete cascade
);
create index view_list on finops.view (workspace_id, name);
call platform.tenant_table('finops.view');
