import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { createApplication, type Application } from '../../src/bootstrap.ts';
import { ManualClock } from '../../src/platform/clock/clock.ts';
import { version } from '../../src/platform/config/version.ts';
import { createHttpApp } from '../../src/platform/http/server.ts';
import { newId } from '../../src/platform/ids/ids.ts';
import { createLogger, type Logger } from '../../src/platform/log/log.ts';
import { createTestDatabase } from '../../src/platform/testing/postgres.ts';

/** The whole API on a database of its own, in process, without jobs running and without the web app's files. */
export interface TestApplication {
  application: Application;
  app: FastifyInstance;
  /** Stands still until a test moves it. */
  clock: ManualClock;
  /** A browser without cookies. */
  browser(): TestBrowser;
  /** Mails to an address, newest first. */
  mailsTo(address: string): Promise<{ subject: string; text: string; html: string | null }[]>;
  /** Waits for what the server still writes after its answers. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

export const testOrigin = 'http://localhost:4700';

/**
 * Wires the product as the server does, as the application role, on a copy of the migrated schema.
 * @param env settings to override
 * @param log where the server writes its log; silent by default
 */
export async function startTestApplication(
  env: Record<string, string> = {},
  log: Logger = createLogger('silent'),
): Promise<TestApplication> {
  const database = await createTestDatabase();
  const clock = new ManualClock(new Date());
  const application = createApplication({
    env: {
      NODE_ENV: 'test',
      DATABASE_URL: database.ownerUrl,
      DATABASE_APP_URL: database.appUrl,
      SECRET_KEY: randomBytes(32).toString('hex'),
      ENCRYPTION_KEY: randomBytes(32).toString('base64'),
      ...env,
    },
    clock,
    log,
    defaultPublicUrl: testOrigin,
  });
  const { platform, services, routes, rateLimits } = application;
  const app = await createHttpApp({
    log: platform.log,
    metrics: platform.metrics,
    publicUrl: platform.publicUrl,
    trustedProxies: 0,
    version,
    authenticator: services.identity,
    scopes: services.tenancy.scopes,
    denials: services.audit,
    rateLimits,
    routes,
  });
  await app.ready();
  await openConnections(application);
  return {
    application,
    app,
    clock,
    browser: () => new TestBrowser(app),
    mailsTo: async (address) =>
      (await application.platform.mailer.listDevMail(200)).filter((mail) => mail.to === address),
    async settled() {
      for (const part of application.parts) await part.shutdown?.();
    },
    async close() {
      await app.close();
      await application.close();
      await database.drop();
    },
  };
}

/** Fills the pools: while connections are still being opened, parallel requests run one after another. */
async function openConnections({ database, config }: Application): Promise<void> {
  const slow = sql`select pg_sleep(0.05)`;
  const scope = { organizationId: newId() };
  await Promise.all(
    Array.from({ length: config.DATABASE_POOL_SIZE }, async () => {
      await database.inSystem('warm up in a test', (tx) => slow.execute(tx));
      await database.inTenant(scope, (tx) => slow.execute(tx));
    }),
  );
}

export interface TestAnswer {
  status: number;
  /** Parsed JSON; undefined when there is none. */
  // oxlint-disable-next-line no-explicit-any -- tests look at answers of every shape
  body: any;
  headers: Record<string, string | string[] | number | undefined>;
}

/** A client with a cookie jar, as one browser or one script has it. */
export class TestBrowser {
  readonly cookies = new Map<string, string>();
  /** Address the server sees. */
  ip = '203.0.113.10';
  userAgent = 'test browser';
  readonly #app: FastifyInstance;

  constructor(app: FastifyInstance) {
    this.#app = app;
  }

  async call(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<TestAnswer> {
    const response = await this.#app.inject({
      method,
      url: path.startsWith('/api/') ? path : `/api/v1${path}`,
      remoteAddress: this.ip,
      headers: {
        'user-agent': this.userAgent,
        'x-atlas-csrf': '1',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(this.cookies.size === 0
          ? {}
          : { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ') }),
        ...headers,
      },
      ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
    });
    for (const cookie of response.cookies) {
      if (cookie.value === '' || cookie.maxAge === 0) this.cookies.delete(cookie.name);
      else this.cookies.set(cookie.name, cookie.value);
    }
    return {
      status: response.statusCode,
      body:
        /json/.test(String(response.headers['content-type'])) && response.body !== ''
          ? JSON.parse(response.body)
          : undefined,
      headers: response.headers,
    };
  }

  get(path: string, headers?: Record<string, string>): Promise<TestAnswer> {
    return this.call('GET', path, undefined, headers);
  }

  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<TestAnswer> {
    return this.call('POST', path, body, headers);
  }
}
