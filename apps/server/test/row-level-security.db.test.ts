import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../src/platform/testing/postgres.ts';

/** Every table there is, found in the catalogue, so that a new one cannot be forgotten. */
interface TableFacts {
  name: string;
  has_organization: boolean;
  row_security: boolean;
  forced: boolean;
  restrictive: boolean;
  tenant_rights: boolean;
  system_rights: boolean;
}

const catalogue = `
  select c.oid::regclass::text as name,
         exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'organization_id' and not a.attisdropped) as has_organization,
         c.relrowsecurity as row_security,
         c.relforcerowsecurity as forced,
         exists (select 1 from pg_policy p where p.polrelid = c.oid and not p.polpermissive
                 and (select oid from pg_roles where rolname = 'atlas_tenant') = any (p.polroles)) as restrictive,
         has_table_privilege('atlas_tenant', c.oid, 'select') as tenant_rights,
         has_table_privilege('atlas_system', c.oid, 'select') as system_rights
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema', 'pgboss', 'pg_toast')
  order by 1`;

/** Tables without a tenant that tenant transactions may reach all the same, with the reason. */
const sharedWithTenants: Record<string, string> = {
  'platform.rate_limit': 'counted as the login role, outside any transaction; holds no tenant data',
};
/** Not reached by the application at all. */
const ownersOnly = new Set(['platform.migration']);

/** What is wrong with a table's registration; empty when nothing is. */
function faultsOf(table: TableFacts): string[] {
  if (ownersOnly.has(table.name)) return table.tenant_rights ? ['the application may read it'] : [];
  if (!table.tenant_rights && !table.system_rights)
    return ['unregistered: call platform.tenant_table or platform.system_table'];
  if (!table.tenant_rights || table.name in sharedWithTenants) return [];
  const faults: string[] = [];
  if (!table.has_organization) faults.push('tenant transactions may read it, but it has no organization_id');
  if (!table.row_security || !table.forced) faults.push('row level security is not forced');
  if (!table.restrictive) faults.push('no restrictive policy');
  return faults;
}

const organizationA = '01900000-0000-7000-8000-00000000000a';
const organizationB = '01900000-0000-7000-8000-00000000000b';

describe('row level security, as the application role', () => {
  let database: TestDatabase;
  let owner: pg.Client;
  let app: pg.Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    owner = new pg.Client({ connectionString: database.ownerUrl });
    app = new pg.Client({ connectionString: database.appUrl });
    await owner.connect();
    await app.connect();
  });
  afterAll(async () => {
    await owner.end();
    await app.end();
    await database.drop();
  });

  async function tables(): Promise<TableFacts[]> {
    return (await owner.query<TableFacts>(catalogue)).rows;
  }

  test('the role is no superuser, bypasses nothing and owns nothing', async () => {
    const { rows } = await app.query(
      'select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = current_user',
    );
    expect(rows).toEqual([
      { rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false },
    ]);
    const owned = await app.query(
      'select 1 from pg_class where relowner = (select oid from pg_roles where rolname = current_user)',
    );
    expect(owned.rowCount).toBe(0);
  });

  test('every table is registered as a tenant or a system table', async () => {
    const all = await tables();
    expect(all.length).toBeGreaterThan(15);
    const faults = all.flatMap((table) => faultsOf(table).map((fault) => `${table.name}: ${fault}`));
    expect(faults).toEqual([]);
  });

  test('the check above finds an unregistered, an unforced and an organization-less table', async () => {
    await owner.query(`
      create table tenancy.forgotten (organization_id uuid);
      create table tenancy.unforced (organization_id uuid);
      grant select on tenancy.unforced to atlas_tenant;
      create table tenancy.nobody (id int);
      grant select on tenancy.nobody to atlas_tenant;`);
    try {
      const faults = (await tables())
        .filter((table) => faultsOf(table).length > 0)
        .map((table) => table.name);
      expect(faults).toEqual(['tenancy.forgotten', 'tenancy.nobody', 'tenancy.unforced']);
    } finally {
      await owner.query('drop table tenancy.forgotten, tenancy.unforced, tenancy.nobody');
    }
  });

  test('without a context no tenant table shows a row or takes one', async () => {
    await seed();
    for (const table of (await tables()).filter((facts) => facts.tenant_rights && facts.has_organization)) {
      const { rows } = await app.query(`select count(*)::int as count from ${table.name}`);
      expect(rows, table.name).toEqual([{ count: 0 }]);
    }
    await expect(insertOrganization(organizationA, 'without-context')).rejects.toThrow(/row-level security/);
  });

  test("one organization's transaction neither sees nor writes another's rows, in any tenant table", async () => {
    await seed();
    for (const table of (await tables()).filter((facts) => facts.tenant_rights && facts.has_organization)) {
      await app.query('begin');
      await app.query("select set_config('app.organization_id', $1, true)", [organizationB]);
      const foreign = await app.query(
        `select count(*)::int as count from ${table.name} where organization_id <> $1`,
        [organizationB],
      );
      expect(foreign.rows, table.name).toEqual([{ count: 0 }]);
      await app.query('rollback');
    }
    await app.query('begin');
    await app.query("select set_config('app.organization_id', $1, true)", [organizationB]);
    await expect(insertOrganization(organizationA, 'foreign')).rejects.toThrow(/row-level security/);
    await app.query('rollback');
    await app.query('begin');
    await app.query("select set_config('app.organization_id', $1, true)", [organizationB]);
    const stolen = await app.query('update tenancy.organization set name = $1 where organization_id = $2', [
      'stolen',
      organizationA,
    ]);
    expect(stolen.rowCount).toBe(0);
    await app.query('rollback');
  });

  test('the context ends with its transaction', async () => {
    await seed();
    await app.query('begin');
    await app.query("select set_config('app.organization_id', $1, true)", [organizationA]);
    expect((await app.query('select slug from tenancy.organization')).rows).toEqual([{ slug: 'org-a' }]);
    await app.query('commit');
    expect((await app.query('select slug from tenancy.organization')).rows).toEqual([]);
  });

  test('tables without a tenant are out of reach for tenant transactions', async () => {
    await expect(app.query('select * from identity.user_account')).rejects.toThrow(/permission denied/);
  });

  test('audit entries cannot be changed by the application in either role', async () => {
    await expect(app.query('update audit.entry set action = $1', ['x'])).rejects.toThrow(/permission denied/);
    await app.query('begin');
    await app.query('set local role atlas_system');
    await expect(app.query('delete from audit.entry')).rejects.toThrow(/permission denied/);
    await app.query('rollback');
  });

  async function insertOrganization(id: string, slug: string): Promise<void> {
    await app.query(
      'insert into tenancy.organization (organization_id, slug, name, created_at) values ($1, $2, $2, now())',
      [id, slug],
    );
  }

  /** One organization each, written as the system. */
  async function seed(): Promise<void> {
    await app.query('begin');
    await app.query('set local role atlas_system');
    for (const [id, slug] of [
      [organizationA, 'org-a'],
      [organizationB, 'org-b'],
    ]) {
      await app.query(
        'insert into tenancy.organization (organization_id, slug, name, created_at) values ($1, $2, $2, now()) on conflict do nothing',
        [id, slug],
      );
    }
    await app.query('commit');
  }
});
