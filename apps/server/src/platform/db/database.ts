import type { Kysely } from 'kysely';
import pg from 'pg';
import type { Logger } from 'pino';
import { isId } from '../ids/ids.ts';
import { kyselyOn } from './kysely.ts';

declare const tenantBrand: unique symbol;
declare const systemBrand: unique symbol;

/** A transaction that sees exactly one organization's rows; only `Database.inTenant` makes one. */
export type TenantTx<Tables> = Kysely<Tables> & { readonly [tenantBrand]: true };
/** A transaction over all organizations, for work that has none; only `Database.inSystem` makes one. */
export type SystemTx<Tables> = Kysely<Tables> & { readonly [systemBrand]: true };
/** Either kind, for platform code that runs inside its caller's transaction. */
// oxlint-disable-next-line no-explicit-any -- the caller's tables do not matter to the platform
export type AnyTx = TenantTx<any> | SystemTx<any>;
// oxlint-disable-next-line no-explicit-any -- a module lends its transaction to another module
export type AnyTenantTx = TenantTx<any>;

export interface TenantScope {
  readonly organizationId: string;
}

/** The only way to a query. `Tables` are the tables of the module that holds it. */
export interface Database<Tables> {
  /** Runs `work` in one transaction in which row level security shows this organization alone. */
  inTenant<R>(scope: TenantScope, work: (tx: TenantTx<Tables>) => Promise<R>): Promise<R>;
  /**
   * Runs `work` in one transaction over all organizations. For sign-in, schedulers and sweeps.
   * @param reason why it needs to cross tenants; shown in traces and counted in logs at debug level
   */
  inSystem<R>(reason: string, work: (tx: SystemTx<Tables>) => Promise<R>): Promise<R>;
  /**
   * One reading statement over all organizations without a transaction around it: one round trip instead of
   * three, for what every request needs (session, membership).
   */
  systemRead<R>(reason: string, read: (db: SystemTx<Tables>) => Promise<R>): Promise<R>;
  /** The same database seen with another module's table types. */
  withTables<Other>(): Database<Other>;
}

/** Sees a lent transaction with one's own tables. */
export function ownTables<Tables>(tx: AnyTenantTx): TenantTx<Tables> {
  return tx as TenantTx<Tables>;
}

// Exact numerics and 64-bit integers stay strings; timestamps are Dates in UTC; dates stay texts.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);

export class PostgresDatabase implements Database<unknown> {
  /** Connections as the login role: tenant transactions and the shared rate limits. */
  readonly pool: pg.Pool;
  /** Connections that became the system role when they were opened. */
  readonly #systemPool: pg.Pool;
  readonly #log: Logger;

  constructor(options: { url: string; poolSize: number; log: Logger }) {
    this.#log = options.log;
    this.pool = this.#createPool(options.url, options.poolSize, undefined);
    this.#systemPool = this.#createPool(
      options.url,
      Math.max(2, Math.ceil(options.poolSize / 2)),
      '-c role=atlas_system',
    );
  }

  #createPool(url: string, max: number, startup: string | undefined): pg.Pool {
    const { address, options } = withStartup(url, startup);
    const pool = new pg.Pool({
      connectionString: address,
      max,
      idleTimeoutMillis: 30_000,
      connectionTimeoutMillis: 10_000,
      // A query that hangs for a minute is a bug or an attack; long work has its own limits.
      statement_timeout: 60_000,
      idle_in_transaction_session_timeout: 60_000,
      application_name: 'cloudatlas',
      ...(options === undefined ? {} : { options }),
    });
    // Without a listener a broken idle connection would end the process.
    pool.on('error', (error) => this.#log.warn({ err: error }, 'idle database connection failed'));
    return pool;
  }

  async inTenant<R>(scope: TenantScope, work: (tx: TenantTx<unknown>) => Promise<R>): Promise<R> {
    // The id goes into SQL text, so it must be a UUID and nothing else.
    if (!isId(scope.organizationId)) throw new Error('inTenant needs an organization id.');
    const begin = `BEGIN; SET LOCAL app.organization_id = '${scope.organizationId}'`;
    return this.#transaction(this.pool, begin, (db) => work(db as TenantTx<unknown>));
  }

  async inSystem<R>(reason: string, work: (tx: SystemTx<unknown>) => Promise<R>): Promise<R> {
    this.#log.trace({ reason }, 'system transaction');
    return this.#transaction(this.#systemPool, 'BEGIN', (db) => work(db as SystemTx<unknown>));
  }

  async systemRead<R>(reason: string, read: (db: SystemTx<unknown>) => Promise<R>): Promise<R> {
    this.#log.trace({ reason }, 'system read');
    const client = await this.#systemPool.connect();
    const pinned = kyselyOn<unknown>(client);
    let broken: Error | undefined;
    try {
      return await read(pinned.db as SystemTx<unknown>);
    } catch (error) {
      // A statement that the server refused leaves the connection fine; anything else may not.
      if (sqlState(error) === undefined) broken = error instanceof Error ? error : new Error(String(error));
      throw error;
    } finally {
      pinned.end();
      client.release(broken);
    }
  }

  withTables<Other>(): Database<Other> {
    return this as unknown as Database<Other>;
  }

  async close(): Promise<void> {
    await Promise.all([this.pool.end(), this.#systemPool.end()]);
  }

  async #transaction<R>(pool: pg.Pool, begin: string, work: (db: Kysely<unknown>) => Promise<R>): Promise<R> {
    const client = await pool.connect();
    const pinned = kyselyOn<unknown>(client);
    let broken: Error | undefined;
    try {
      await client.query(begin);
      const result = await work(pinned.db);
      pinned.end();
      const { command } = await client.query('COMMIT');
      // PostgreSQL answers COMMIT with ROLLBACK when a failed statement was swallowed inside: nothing was written.
      if (command !== 'COMMIT')
        throw new Error('The transaction was rolled back: an error inside it was swallowed.');
      return result;
    } catch (error) {
      pinned.end();
      try {
        await client.query('ROLLBACK');
      } catch (rollbackError) {
        // The connection is gone; the server rolls back by itself, the pool must not keep it.
        broken = rollbackError instanceof Error ? rollbackError : new Error(String(rollbackError));
      }
      throw error;
    } finally {
      client.release(broken);
    }
  }
}

/**
 * Takes `options` out of an address, because pg prefers what the address says to what it is given, and puts our
 * startup options behind them: of two settings of one name PostgreSQL takes the last.
 */
function withStartup(
  url: string,
  startup: string | undefined,
): { address: string; options: string | undefined } {
  const [base, query] = splitOnce(url, '?');
  const parameters = new URLSearchParams(query ?? '');
  const options = [...parameters.getAll('options'), ...(startup === undefined ? [] : [startup])].join(' ');
  parameters.delete('options');
  const rest = parameters.toString();
  return { address: rest === '' ? base : `${base}?${rest}`, options: options === '' ? undefined : options };
}

function splitOnce(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

/** SQLSTATE of a database error, e.g. `23505` for a unique violation. */
export function sqlState(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.code : undefined;
}

/** Whether an error is the violation of the named unique or other constraint. */
export function violates(error: unknown, constraint: string): boolean {
  return error instanceof pg.DatabaseError && error.constraint === constraint;
}
