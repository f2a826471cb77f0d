-- How a table declares whom it belongs to. Every table of a module calls one of the two; a test fails on
-- one that does not.

create function platform.current_organization() returns uuid
  language sql stable parallel safe
  return nullif(current_setting('app.organization_id', true), '')::uuid;

-- A table with an organization_id: one organization's transaction sees its rows alone, the system role all.
create procedure platform.tenant_table(name text) language plpgsql as $$
begin
  execute format('alter table %s enable row level security', name);
  execute format('alter table %s force row level security', name);
  execute format('create policy tenant_rows on %s for all to atlas_tenant using (true) with check (true)', name);
  -- Restrictive, so that a permissive policy added later cannot widen it.
  execute format(
    'create policy tenant_isolation on %s as restrictive for all to atlas_tenant
       using (organization_id = (select platform.current_organization()))
       with check (organization_id = (select platform.current_organization()))', name);
  execute format('create policy system_rows on %s for all to atlas_system using (true) with check (true)', name);
  execute format('grant select, insert, update, delete on %s to atlas_tenant, atlas_system', name);
end $$;

-- A table without a tenant (users, sessions, queues): reached by system transactions only.
create procedure platform.system_table(name text) language plpgsql as $$
begin
  execute format('grant select, insert, update, delete on %s to atlas_system', name);
end $$;

grant usage on schema platform to atlas_tenant, atlas_system;
grant execute on function platform.current_organization() to atlas_tenant, atlas_system;
