import type { Connection } from '@cloudatlas/cloud/contract';

interface Entry {
  connection: Promise<Connection>;
  users: number;
  closing: NodeJS.Timeout | undefined;
}

const idleMs = 60_000;

/**
 * Shares open connections between the jobs of one account, so that hundreds of small jobs do not each load clients
 * and assume a role again. A key names credentials and endpoint: changed credentials are another key.
 */
export class ConnectionCache {
  readonly #entries = new Map<string, Entry>();

  /** Runs `work` with the connection of a key, opening it when nobody has. */
  async use<R>(
    key: string,
    open: () => Promise<Connection>,
    work: (connection: Connection) => Promise<R>,
  ): Promise<R> {
    let entry = this.#entries.get(key);
    if (entry === undefined) {
      entry = { connection: open(), users: 0, closing: undefined };
      this.#entries.set(key, entry);
    }
    clearTimeout(entry.closing);
    entry.users += 1;
    try {
      return await work(await entry.connection);
    } finally {
      entry.users -= 1;
      if (entry.users === 0) this.#scheduleClose(key, entry);
    }
  }

  async close(): Promise<void> {
    for (const [key, entry] of this.#entries) this.#closeNow(key, entry);
  }

  #scheduleClose(key: string, entry: Entry): void {
    entry.closing = setTimeout(() => this.#closeNow(key, entry), idleMs);
    entry.closing.unref();
    // An opening that failed must not be served to the next one.
    entry.connection.catch(() => {
      if (this.#entries.get(key) === entry) this.#entries.delete(key);
    });
  }

  #closeNow(key: string, entry: Entry): void {
    clearTimeout(entry.closing);
    if (this.#entries.get(key) === entry) this.#entries.delete(key);
    void entry.connection.then(
      (connection) => connection.close(),
      () => undefined,
    );
  }
}
