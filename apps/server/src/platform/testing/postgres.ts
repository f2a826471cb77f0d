import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { Client } from 'pg';
import { inject } from 'vitest';

import { ensureOwnerDatabase } from '../embedded-postgres/connection.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../embedded-postgres/embedded-postgres.ts';
import { endOrphan } from '../embedded-postgres/postmaster.ts';

/** What the global set-up hands to every test process. Plain data: it crosses a process boundary. */
export interface TestPostgres {
  /** Connection of the role that owns the databases; never used by the code under test. */
  readonly ownerUrl: string;
  /** Connection that may drop a database with open connections. */
  readonly adminUrl: string;
  /** Connection of the role the application works as: no superuser, owns nothing, bypasses no policy. */
  readonly appUrl: string;
  /** Name of the migrated database that clones are made of. */
  readonly template: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    testPostgres: TestPostgres;
  }
}

/** A database of its own for one test file, already migrated. */
export interface TestDatabase {
  readonly ownerUrl: string;
  readonly appUrl: string;
  /** Removes the database, ending connections that are still open. */
  drop(): Promise<void>;
}

/** Brings an empty database to the schema under test and creates the role named in `appUrl`. */
export type MigrateTemplate = (urls: { ownerUrl: string; appUrl: string }) => Promise<void>;

const FOLDER_PREFIX = 'cloudatlas-test-pg-';
const DATABASE_PREFIX = 'atlas_test_';
const DAY_MS = 86_400_000;
/** How long connections that are being closed may take. */
const CLOSING_MS = 3000;

/**
 * Starts the server that a test run works on and migrates the template: an embedded one in a temporary folder, or the
 * one `ATLAS_TEST_DATABASE_URL` names, whose role may create databases and roles. For vitest's `globalSetup`.
 *
 * Leftovers of killed runs are removed first; those of this run in `stop`, or by the guardian when it is killed.
 */
export async function startTestPostgres(
  migrate: MigrateTemplate,
): Promise<{ settings: TestPostgres; stop: () => Promise<void> }> {
  const external = process.env['ATLAS_TEST_DATABASE_URL'];
  return external === undefined || external === '' ? startEmbedded(migrate) : useExternal(external, migrate);
}

async function startEmbedded(
  migrate: MigrateTemplate,
): Promise<{ settings: TestPostgres; stop: () => Promise<void> }> {
  await removeLeftovers();
  const folder = await mkdtemp(path.join(tmpdir(), `${FOLDER_PREFIX}${process.pid}-`));
  let server: EmbeddedPostgres | undefined;
  const stop = async (): Promise<void> => {
    await server?.stop('immediate');
    await rm(folder, { recursive: true, force: true });
  };
  try {
    server = await startEmbeddedPostgres({
      directory: path.join(folder, 'postgres'),
      adminPassword: randomName(),
      logFile: path.join(folder, 'postgres.log'),
      durable: false,
      disposable: true,
      settings: { max_connections: '300', log_min_messages: 'fatal' },
    });
    const template = `${DATABASE_PREFIX}template`;
    const ownerUrl = await ensureOwnerDatabase(server, {
      role: 'atlas_owner',
      password: randomName(),
      database: template,
    });
    const appUrl = server.urlFor(`${template}_app`, randomName(), template);
    await migrate({ ownerUrl, appUrl });
    return { settings: { ownerUrl, appUrl, template, adminUrl: server.adminUrl }, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function useExternal(
  ownerUrl: string,
  migrate: MigrateTemplate,
): Promise<{ settings: TestPostgres; stop: () => Promise<void> }> {
  await dropOldDatabases(ownerUrl);
  const template = `${DATABASE_PREFIX}${Date.now()}_${randomName()}`;
  await withClient(ownerUrl, (client) =>
    client.query(`create database ${client.escapeIdentifier(template)}`),
  );
  const templateOwnerUrl = otherDatabase(ownerUrl, template);
  const app = new URL(templateOwnerUrl);
  app.username = `${template}_app`;
  app.password = randomName();
  const settings = { ownerUrl: templateOwnerUrl, appUrl: app.href, template, adminUrl: ownerUrl };
  const stop = async (): Promise<void> => {
    await dropDatabase(ownerUrl, template);
    await withClient(ownerUrl, (client) =>
      client.query(`drop role if exists ${client.escapeIdentifier(`${template}_app`)}`),
    );
  };
  try {
    await migrate({ ownerUrl: templateOwnerUrl, appUrl: app.href });
    return { settings, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Makes a database for the calling test file by copying the migrated template (about 50 ms). */
export async function createTestDatabase(
  settings: TestPostgres = inject('testPostgres'),
): Promise<TestDatabase> {
  const name = `${DATABASE_PREFIX}${Date.now()}_${randomName()}`;
  await withClient(otherDatabase(settings.ownerUrl, 'postgres'), (client) =>
    client.query(
      `create database ${client.escapeIdentifier(name)} template ${client.escapeIdentifier(settings.template)} strategy file_copy`,
    ),
  );
  return {
    ownerUrl: otherDatabase(settings.ownerUrl, name),
    appUrl: otherDatabase(settings.appUrl, name),
    drop: () => dropDatabase(settings.adminUrl, name),
  };
}

async function dropDatabase(adminUrl: string, name: string): Promise<void> {
  await withClient(otherDatabase(adminUrl, 'postgres'), async (client) => {
    // A pool's `end` resolves before the server has let go of its connections; ended by force then, they would
    // throw in the middle of the next test.
    const end = Date.now() + CLOSING_MS;
    while (Date.now() < end) {
      const open = await client.query('select 1 from pg_stat_activity where datname = $1', [name]);
      if (open.rowCount === 0) break;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await client.query(`drop database if exists ${client.escapeIdentifier(name)} with (force)`);
  });
}

/** Removes the clusters of runs whose process is gone. */
async function removeLeftovers(): Promise<void> {
  await mkdir(tmpdir(), { recursive: true });
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(FOLDER_PREFIX)) continue;
    const pid = Number(name.slice(FOLDER_PREFIX.length).split('-')[0]);
    if (!Number.isInteger(pid) || pid <= 1 || isAlive(pid)) continue;
    const folder = path.join(tmpdir(), name);
    await endOrphan(path.join(folder, 'postgres')).catch(() => undefined);
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, as another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Databases carry the time they were made in their name: those of runs that were killed a day ago are dropped. */
async function dropOldDatabases(url: string): Promise<void> {
  await withClient(url, async (client) => {
    const result = await client.query<{ name: string }>(
      `select datname as name from pg_database where datname ~ $1 and datdba = (select oid from pg_roles where rolname = current_user)`,
      [`^${DATABASE_PREFIX}[0-9]+_`],
    );
    for (const { name } of result.rows) {
      const made = Number(name.slice(DATABASE_PREFIX.length).split('_')[0]);
      if (Date.now() - made > DAY_MS)
        await client.query(`drop database if exists ${client.escapeIdentifier(name)} with (force)`);
    }
  });
}

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function otherDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}

const randomName = (): string => randomBytes(12).toString('hex');
