import pg from 'pg';
import type { Logger } from 'pino';

export interface NotificationOptions {
  url: string;
  log: Logger;
  channels: readonly string[];
  onNotification: (channel: string, payload: string) => void;
  /** Called after each connect: what was sent in between is lost. */
  onConnect: () => void;
}

const checkMs = 15_000;
const checkTimeoutMs = 5_000;

/** Holds one connection that listens (PostgreSQL LISTEN) and comes back after it broke, silently or not. */
export class Notifications {
  readonly #options: NotificationOptions;
  #client: pg.Client | undefined;
  #timer: NodeJS.Timeout | undefined;
  #failures = 0;
  #stopped = false;
  #connecting: Promise<void> | undefined;

  constructor(options: NotificationOptions) {
    this.#options = options;
  }

  /** Connects; when that fails it goes on trying and does not throw, because callers also poll. */
  async start(): Promise<void> {
    this.#connecting = this.#connect();
    await this.#connecting;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#connecting;
    await this.#close();
  }

  async #connect(): Promise<void> {
    const { url, log, channels, onNotification, onConnect } = this.#options;
    const client = new pg.Client({
      connectionString: url,
      application_name: 'cloudatlas listener',
      connectionTimeoutMillis: 10_000,
      query_timeout: checkTimeoutMs,
      keepAlive: true,
    });
    this.#client = client;
    client.on('error', (error) => this.#broken(client, error));
    client.on('end', () => this.#broken(client, new Error('The connection ended.')));
    client.on('notification', (message) => onNotification(message.channel, message.payload ?? ''));
    try {
      await client.connect();
      for (const channel of channels) await client.query(`listen ${client.escapeIdentifier(channel)}`);
    } catch (error) {
      this.#broken(client, error);
      return;
    }
    if (this.#stopped || this.#client !== client) return;
    this.#failures = 0;
    this.#scheduleCheck(client);
    try {
      onConnect();
    } catch (error) {
      log.error({ err: error }, 'listener callback failed');
    }
  }

  /** A connection that a firewall dropped looks alive until something is written to it. */
  #scheduleCheck(client: pg.Client): void {
    this.#timer = setTimeout(() => {
      client.query('select 1').then(
        () => {
          if (this.#client === client && !this.#stopped) this.#scheduleCheck(client);
        },
        (error: unknown) => this.#broken(client, error),
      );
    }, checkMs);
    this.#timer.unref();
  }

  #broken(client: pg.Client, error: unknown): void {
    if (this.#client !== client || this.#stopped) return;
    this.#client = undefined;
    clearTimeout(this.#timer);
    client.end().catch(() => undefined);
    const delay = Math.min(30_000, 500 * 2 ** Math.min(this.#failures, 6));
    this.#failures += 1;
    this.#options.log.warn({ err: error, retryInMs: delay }, 'listening connection broke');
    this.#timer = setTimeout(() => {
      this.#connecting = this.#connect();
    }, delay);
    this.#timer.unref();
  }

  async #close(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    await client?.end().catch(() => undefined);
  }
}
