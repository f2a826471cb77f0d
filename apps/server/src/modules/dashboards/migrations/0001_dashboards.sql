create schema dashboards;

-- How one person arranged the home page of one workspace; without a row it is as it comes.
create table dashboards.layout (
  organization_id uuid not null,
  workspace_id uuid not null,
  user_id uuid not null,
  widget_order text[] not null,
  hidden text[] not null,
  changed_at timestamptz(3) not null,
  primary key (organization_id, workspace_id, user_id),
  foreign key (organization_id, workspace_id) references tenancy.workspace (organization_id, id) on delete cascade
);
call platform.tenant_table('dashboards.layout');
