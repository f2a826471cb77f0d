-- Counts and groups are read from this index alone, organization included, which row level security asks for. Its
-- few different values fold into a fraction of the table's size.
drop index inventory.resource_by_type;
create index resource_by_type on inventory.resource
  (workspace_id, type, region, state, account_id, provider, service, category, organization_id)
  where vanished_at is null;
create index resource_by_change on inventory.resource (workspace_id, changed_at, id) where vanished_at is null;
create index resource_by_cost on inventory.resource (workspace_id, (coalesce(monthly_amount, 0)), id)
  where vanished_at is null;
