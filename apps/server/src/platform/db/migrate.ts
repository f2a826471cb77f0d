import { createHmac } from 'node:crypto';
import pg from 'pg';
import { applyMigrations, loadMigrations, type MigrationSource } from './migrations.ts';

/** Arbitrary but fixed: one migrator at a time per database. */
const migrationLock = 4_700_471_001;

export interface MigrateOptions {
  /** Connection of the role that owns the schema. */
  ownerUrl: string;
  /** Connection of the role the server works as; created when it does not exist. */
  appUrl: string;
  sources: readonly MigrationSource[];
  /** Further schema work by libraries (the job queue), run under the same lock after the files. */
  afterwards?: ((ownerUrl: string) => Promise<void>)[];
}

/**
 * The application role's connection for a database: same server, role `<database>_app`, password derived
 * from the secret key, so that every process knows it without storing it.
 */
export function deriveAppUrl(ownerUrl: string, secretKey: string): string {
  const url = new URL(ownerUrl);
  const database = decodeURIComponent(url.pathname.slice(1));
  url.username = encodeURIComponent(`${database}_app`.slice(0, 63));
  url.password = createHmac('sha256', secretKey).update(`database app role ${database}`).digest('base64url');
  return url.href;
}

/**
 * Brings the database to this release's schema: roles, migrations, grants. Safe to call from several
 * processes at once and after a kill at any point.
 * @returns the migrations that were applied now
 */
export async function migrate(options: MigrateOptions): Promise<string[]> {
  const migrations = await loadMigrations(options.sources);
  const client = new pg.Client({
    connectionString: options.ownerUrl,
    application_name: 'cloudatlas migrate',
  });
  await client.connect();
  try {
    await requireVersion(client);
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    await ensureRoles(client, new URL(options.appUrl));
    const done = await applyMigrations(client, migrations);
    await grantSchemas(client, ['platform', ...options.sources.map((source) => source.module)]);
    for (const step of options.afterwards ?? []) await step(options.ownerUrl);
    return done;
  } finally {
    await client.end();
  }
}

async function requireVersion(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ server_version_num: string }>('show server_version_num');
  const version = Number(rows[0]?.server_version_num ?? 0);
  if (version < 160_000)
    throw new Error(`PostgreSQL 16 or newer is needed; this server is ${Math.floor(version / 10_000)}.`);
}

/**
 * Two group roles that policies name, and one login role that is a member of both: as itself it is a tenant
 * role; connections for cross-tenant work take the system role when they are opened (database.ts).
 *
 * An owner without the right to make roles works where an administrator has made them.
 * @throws Error saying what an administrator has to do
 */
async function ensureRoles(client: pg.Client, appUrl: URL): Promise<void> {
  const login = decodeURIComponent(appUrl.username);
  try {
    await makeRoles(client, login, decodeURIComponent(appUrl.password));
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || error.code !== '42501') throw error;
    if (await rolesAreReady(client, login)) return;
    const { rows } = await client.query<{ owner: string }>('select current_user as owner');
    const owner = pg.escapeIdentifier(rows[0]?.owner ?? '');
    const name = pg.escapeIdentifier(login);
    throw new Error(
      `The role of DATABASE_URL may not prepare the roles CloudAtlas works with (${error.message}). ` +
        `Let an administrator run: alter role ${owner} createrole; grant atlas_tenant, atlas_system to ${owner} with admin option; ` +
        `(the grant only where these two exist already). Or make the roles by hand and set DATABASE_APP_URL to ${name}: ` +
        `create role atlas_tenant; create role atlas_system; create role ${name} login password '...'; ` +
        `grant atlas_tenant to ${name} with inherit true, set false; grant atlas_system to ${name} with inherit false, set true;`,
      { cause: error },
    );
  }
}

async function makeRoles(client: pg.Client, login: string, password: string): Promise<void> {
  await ignoringRaces(client, 'create role atlas_tenant nologin nosuperuser nobypassrls');
  await ignoringRaces(client, 'create role atlas_system nologin nosuperuser nobypassrls');
  const name = pg.escapeIdentifier(login);
  await ignoringRaces(client, `create role ${name} login nosuperuser nobypassrls nocreatedb nocreaterole`);
  await client.query(`alter role ${name} password ${pg.escapeLiteral(password)}`);
  await client.query(`grant atlas_tenant to ${name} with inherit true, set false`);
  await client.query(`grant atlas_system to ${name} with inherit false, set true`);
  // Row level security is forced on the owner too, who would see empty tables in db:shell. The owner of a policy can
  // drop it, so this gives nothing away.
  await client.query('grant atlas_system to current_user with inherit false, set true');
}

/** Whether somebody else has made the roles: the login role is a tenant by itself and the system only when asked, and no more. */
async function rolesAreReady(client: pg.Client, login: string): Promise<boolean> {
  const { rows } = await client.query<{ ready: boolean }>(
    `select not rolsuper and not rolbypassrls
       and pg_has_role(oid, tenant, 'usage') and pg_has_role(oid, system, 'set') and not pg_has_role(oid, system, 'usage') as ready
     from pg_roles, to_regrole('atlas_tenant') as tenant, to_regrole('atlas_system') as system
     where rolname = $1 and tenant is not null and system is not null`,
    [login],
  );
  return rows[0]?.ready === true;
}

/** Roles belong to the whole server: another database's migrator may create the same one just now. */
async function ignoringRaces(client: pg.Client, statement: string): Promise<void> {
  try {
    await client.query(statement);
  } catch (error) {
    const state = error instanceof pg.DatabaseError ? error.code : undefined;
    // duplicate_object, or unique_violation on pg_authid
    if (state !== '42710' && state !== '23505') throw error;
  }
}

async function grantSchemas(client: pg.Client, schemas: readonly string[]): Promise<void> {
  for (const schema of new Set(schemas)) {
    const { rowCount } = await client.query('select 1 from pg_namespace where nspname = $1', [schema]);
    if (rowCount === 0) continue;
    await client.query(`grant usage on schema ${pg.escapeIdentifier(schema)} to atlas_tenant, atlas_system`);
  }
}
