import {
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
} from 'kysely';
import type { PoolClient } from 'pg';

/**
 * A Kysely bound to one open connection, whose transaction somebody else begins and ends.
 * It spares the two round trips that Kysely's own transaction and a separate `set_config` would
 * cost: the tenant is set in the same message as BEGIN (see database.ts).
 */
export function kyselyOn<T>(client: PoolClient): Kysely<T> {
  return new Kysely<T>({ dialect: new PinnedDialect(client) });
}

class PinnedDialect implements Dialect {
  readonly #client: PoolClient;

  constructor(client: PoolClient) {
    this.#client = client;
  }

  createDriver(): Driver {
    return new PinnedDriver(new PinnedConnection(this.#client));
  }

  createQueryCompiler(): PostgresQueryCompiler {
    return new PostgresQueryCompiler();
  }

  createAdapter(): PostgresAdapter {
    return new PostgresAdapter();
  }

  createIntrospector(db: Kysely<unknown>): PostgresIntrospector {
    return new PostgresIntrospector(db);
  }
}

class PinnedDriver implements Driver {
  readonly #connection: DatabaseConnection;

  constructor(connection: DatabaseConnection) {
    this.#connection = connection;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection;
  }

  async beginTransaction(): Promise<void> {
    throw new Error('Already in a transaction: pass the tx on instead of opening another one.');
  }

  async commitTransaction(): Promise<void> {}

  async rollbackTransaction(): Promise<void> {}

  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {}
}

class PinnedConnection implements DatabaseConnection {
  readonly #client: PoolClient;

  constructor(client: PoolClient) {
    this.#client = client;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const result = await this.#client.query(query.sql, [...query.parameters]);
    return {
      rows: result.rows as R[],
      ...(result.rowCount === null || result.command === 'SELECT' ? {} : { numAffectedRows: BigInt(result.rowCount) }),
    };
  }

  // oxlint-disable-next-line require-yield -- streaming goes through cursors in queries.ts files, never through here
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('Streaming is not available inside a pinned transaction.');
  }
}
