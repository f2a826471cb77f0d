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
import { StatementNames } from './statement-names.ts';

/** Shared by all connections: a name means the same text everywhere. */
const statementNames = new StatementNames();

/**
 * A Kysely bound to one open connection, whose transaction somebody else begins and ends.
 * It spares the two round trips that Kysely's own transaction and a separate `set_config` would
 * cost: the tenant is set in the same message as BEGIN (see database.ts).
 *
 * After `end` every query is refused: work that was not awaited must not reach the connection when the pool has
 * given it to another organization's transaction.
 */
export function kyselyOn<T>(client: PoolClient): { db: Kysely<T>; end(): void } {
  const connection = new PinnedConnection(client);
  return { db: new Kysely<T>({ dialect: new PinnedDialect(connection) }), end: () => connection.end() };
}

class PinnedDialect implements Dialect {
  readonly #connection: PinnedConnection;

  constructor(connection: PinnedConnection) {
    this.#connection = connection;
  }

  createDriver(): Driver {
    return new PinnedDriver(this.#connection);
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
  #ended = false;

  constructor(client: PoolClient) {
    this.#client = client;
  }

  end(): void {
    this.#ended = true;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (this.#ended) throw new Error('The transaction is over: a query was not awaited inside it.');
    const name = statementNames.nameOf(query.sql);
    const values = [...query.parameters];
    const result = await this.#client.query(
      name === undefined ? { text: query.sql, values } : { text: query.sql, values, name },
    );
    return {
      rows: result.rows as R[],
      ...(result.rowCount === null || result.command === 'SELECT'
        ? {}
        : { numAffectedRows: BigInt(result.rowCount) }),
    };
  }

  // oxlint-disable-next-line require-yield -- streaming goes through cursors in queries.ts files, never through here
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('Streaming is not available inside a pinned transaction.');
  }
}
