import { Client, type DatabaseError } from 'pg';

import { ADMIN_ROLE, type EmbeddedPostgres } from './embedded-postgres.ts';
import { EmbeddedPostgresError } from './errors.ts';

/** The oldest PostgreSQL that CloudAtlas works on, as `server_version_num`. */
const OLDEST_VERSION = 160_000;
const CONNECT_TIMEOUT_MS = 8_000;

/**
 * Checks that a PostgreSQL answers at a URL and is new enough. Never prints the password.
 *
 * @param timeoutMs how long to wait for an answer, in milliseconds
 * @throws EmbeddedPostgresError `bad_url`, `cannot_connect`, `too_old`.
 */
export async function checkConnection(url: string, timeoutMs = CONNECT_TIMEOUT_MS): Promise<void> {
  const parsed = parseDatabaseUrl(url);
  const place = `${parsed.hostname || 'localhost'}:${parsed.port || '5432'}`;
  const client = new Client({ connectionString: url, connectionTimeoutMillis: timeoutMs });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const result = await client.query<{ version: string; name: string }>(
      `select current_setting('server_version_num') as version, current_setting('server_version') as name`,
    );
    const row = result.rows[0];
    if (row === undefined || Number(row.version) < OLDEST_VERSION) {
      throw new EmbeddedPostgresError(
        'too_old',
        `the PostgreSQL at ${place} is version ${row?.name}; 16 or newer is needed`,
        'Upgrade it, or unset DATABASE_URL to use the embedded one.',
      );
    }
  } catch (error) {
    if (error instanceof EmbeddedPostgresError) throw error;
    throw explainConnectionError(error as Partial<DatabaseError>, parsed, place, timeoutMs);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** @throws EmbeddedPostgresError `bad_url` when the text is no PostgreSQL URL with a database name. */
export function parseDatabaseUrl(url: string): URL {
  const form =
    'It must look like postgresql://user:password@host:5432/database (percent-encode special characters in the password).';
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    throw new EmbeddedPostgresError('bad_url', 'DATABASE_URL is not a valid URL', form);
  }
  if (!['postgres:', 'postgresql:'].includes(parsed.protocol))
    throw new EmbeddedPostgresError(
      'bad_url',
      `DATABASE_URL begins with ${parsed.protocol}// instead of postgresql://`,
      form,
    );
  if (parsed.pathname.length < 2)
    throw new EmbeddedPostgresError('bad_url', 'DATABASE_URL names no database', form);
  return parsed;
}

/**
 * Creates the role that owns the application's database, and the database, when missing. The role may create roles
 * and databases but is no superuser, like the administrator that managed PostgreSQL services hand out.
 *
 * @returns the URL to connect with as owner.
 */
export async function ensureOwnerDatabase(
  server: EmbeddedPostgres,
  owner: { role: string; password: string; database: string },
): Promise<string> {
  const client = new Client({ connectionString: server.adminUrl });
  try {
    await client.connect();
    const { role, password, database } = owner;
    const found = await client.query<{ role: boolean; database: boolean }>(
      `select exists(select from pg_roles where rolname = $1) as role, exists(select from pg_database where datname = $2) as database`,
      [role, database],
    );
    const attributes = 'login createrole createdb nosuperuser nobypassrls noreplication';
    if (found.rows[0]?.role !== true)
      await client.query(
        `create role ${client.escapeIdentifier(role)} ${attributes} password ${client.escapeLiteral(password)}`,
      );
    if (found.rows[0]?.database !== true)
      await client.query(
        `create database ${client.escapeIdentifier(database)} owner ${client.escapeIdentifier(role)}`,
      );
    return server.urlFor(role, password, database);
  } catch (error) {
    if ((error as Partial<DatabaseError>).code === '28P01') {
      throw new EmbeddedPostgresError(
        'broken_folder',
        `the database does not accept the stored password of ${ADMIN_ROLE}: secrets.json and the database do not belong together`,
        'Restore secrets.json and the database folder from the same backup, or set ATLAS_DATA_DIR to a new folder.',
      );
    }
    throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function explainConnectionError(
  error: Partial<DatabaseError> & { errors?: { code?: string }[] },
  url: URL,
  place: string,
  timeoutMs: number,
): EmbeddedPostgresError {
  const fail = (message: string, hint: string): EmbeddedPostgresError =>
    new EmbeddedPostgresError('cannot_connect', message, hint);
  const user = decodeURIComponent(url.username) || '(none)';
  switch (error.code ?? error.errors?.[0]?.code) {
    case 'ECONNREFUSED':
      return fail(
        `no PostgreSQL answers at ${place} (connection refused)`,
        'Start it, or correct host and port in DATABASE_URL.',
      );
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return fail(
        `the host name ${url.hostname} of DATABASE_URL is not known`,
        'Correct the host in DATABASE_URL, or check the name service.',
      );
    case '28P01':
    case '28000':
      return fail(
        `the PostgreSQL at ${place} refused the sign-in of ${user}`,
        'Correct user and password in DATABASE_URL, and check pg_hba.conf for this address.',
      );
    case '3D000':
      return fail(
        `the PostgreSQL at ${place} has no database ${decodeURIComponent(url.pathname.slice(1))}`,
        'Create it (createdb), or correct the name in DATABASE_URL.',
      );
    case '53300':
      return fail(
        `the PostgreSQL at ${place} has no connection left`,
        'Raise max_connections or close other clients.',
      );
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return fail(
        `the PostgreSQL at ${place} cannot be reached`,
        'Check the address in DATABASE_URL, the network and the firewall.',
      );
    default: {
      const reason = error.message ?? 'no reason given';
      if (/timeout/i.test(reason))
        return fail(
          `the PostgreSQL at ${place} did not answer within ${timeoutMs / 1000} s`,
          'Check the address in DATABASE_URL, the network and the firewall.',
        );
      return fail(`the PostgreSQL at ${place} cannot be used: ${reason}`, 'Check DATABASE_URL.');
    }
  }
}
