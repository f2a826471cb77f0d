import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DuckDBInstance, type DuckDBConnection, type DuckDBValue, type Json } from '@duckdb/node-api';
import { CostError, diskFull } from './errors.ts';

export type Row = Record<string, Json>;
export type Params = Record<string, DuckDBValue>;

export interface DuckOptions {
  /** DuckDB's own threads; they are not Node's. Default 2. */
  threads?: number;
  /** Ceiling of DuckDB's buffers, in MiB. Beyond it, work spills to `tempDirectory`. Default 512. */
  memoryMiB?: number;
  /** Ceiling of the spill, in GiB. Default 50. */
  spillGiB?: number;
  /** Where to spill. Default: a private folder under the system's temp folder. */
  tempDirectory?: string;
  /** Statements that run at once; further ones wait in order. Default 2. */
  concurrency?: number;
  /** Statements that may wait; beyond it callers get `busy` at once. Default 64. */
  queue?: number;
}

/**
 * One embedded DuckDB. Statements run on DuckDB's threads through the asynchronous binding, so the
 * event loop stays free; how many run at once is bounded here.
 */
export class DuckEngine {
  readonly #instance: DuckDBInstance;
  readonly #tempDirectory: string;
  readonly #idle: DuckDBConnection[] = [];
  readonly #waiting: (() => void)[] = [];
  readonly #limit: number;
  readonly #queue: number;
  #running = 0;
  #closed = false;

  private constructor(instance: DuckDBInstance, tempDirectory: string, limit: number, queue: number) {
    this.#instance = instance;
    this.#tempDirectory = tempDirectory;
    this.#limit = limit;
    this.#queue = queue;
  }

  static async open(options: DuckOptions = {}): Promise<DuckEngine> {
    const base = options.tempDirectory ?? tmpdir();
    await mkdir(base, { recursive: true });
    const tempDirectory = await mkdtemp(path.join(base, 'cost-duck-'));
    const instance = await DuckDBInstance.create(':memory:', {
      threads: String(options.threads ?? 2),
      memory_limit: `${options.memoryMiB ?? 512}MiB`,
      max_temp_directory_size: `${options.spillGiB ?? 50}GiB`,
      temp_directory: tempDirectory,
      // Row order inside a partition means nothing, and keeping it costs memory.
      preserve_insertion_order: 'false',
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
    });
    return new DuckEngine(instance, tempDirectory, options.concurrency ?? 2, options.queue ?? 64);
  }

  /** Runs `work` with a connection of its own. `signal` interrupts the running statement (`cancelled`). */
  async use<T>(work: (connection: DuckDBConnection) => Promise<T>, signal?: AbortSignal): Promise<T> {
    await this.#acquire();
    let connection: DuckDBConnection | undefined;
    const interrupt = (): void => connection?.interrupt();
    try {
      signal?.throwIfAborted();
      connection = this.#idle.pop() ?? (await this.#connect());
      signal?.addEventListener('abort', interrupt, { once: true });
      const result = await work(connection);
      this.#idle.push(connection);
      return result;
    } catch (error) {
      // A connection that failed may hold temporary tables or an open transaction.
      connection?.closeSync();
      if (signal?.aborted) throw new CostError('cancelled', 'the cost query was cancelled', {}, error);
      throw diskFull(error);
    } finally {
      signal?.removeEventListener('abort', interrupt);
      this.#release();
    }
  }

  /** All rows of one statement as JSON values: DECIMAL, BIGINT and times are strings. */
  async all(sql: string, params: Params = {}, signal?: AbortSignal): Promise<Row[]> {
    return this.use((connection) => rowsOf(connection, sql, params), signal);
  }

  async run(sql: string, params: Params = {}, signal?: AbortSignal): Promise<void> {
    await this.use(async (connection) => {
      await connection.run(sql, params);
    }, signal);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    for (const connection of this.#idle.splice(0)) connection.closeSync();
    this.#instance.closeSync();
    await rm(this.#tempDirectory, { recursive: true, force: true });
  }

  async #connect(): Promise<DuckDBConnection> {
    const connection = await this.#instance.connect();
    // Times without a zone are UTC, by the specification and on every machine.
    await connection.run("SET TimeZone = 'UTC'");
    await connection.run('SET enable_progress_bar = true');
    await connection.run('SET enable_progress_bar_print = false');
    return connection;
  }

  async #acquire(): Promise<void> {
    if (this.#closed) throw new CostError('store-failed', 'the cost engine is closed');
    if (this.#running < this.#limit) {
      this.#running += 1;
      return;
    }
    if (this.#waiting.length >= this.#queue)
      throw new CostError('busy', 'too many cost queries at once; try again');
    await new Promise<void>((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  #release(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#running -= 1;
  }
}

export async function rowsOf(connection: DuckDBConnection, sql: string, params: Params = {}): Promise<Row[]> {
  const reader = await connection.runAndReadAll(sql, params);
  return reader.getRowObjectsJson();
}

/** A SQL string literal. Only for paths and constants of our own; values from outside are bound. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
