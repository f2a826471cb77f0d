import { composeModules, migrationSources, type DemoSignIn, type Services } from './modules.ts';
import { systemClock, type Clock } from './platform/clock/clock.ts';
import { readPlatformConfig, type PlatformConfig } from './platform/config/platform-config.ts';
import { localKeyEncryption } from './platform/crypto/key-encryption.ts';
import { createEnvelope } from './platform/crypto/postgres-envelope.ts';
import { PostgresDatabase } from './platform/db/database.ts';
import { deriveAppUrl, migrate } from './platform/db/migrate.ts';
import { createEvents } from './platform/events/outbox-events.ts';
import { createRateLimits, rateLimitSweep, type RateLimits } from './platform/http/rate-limits.ts';
import type { Route } from './platform/http/route.ts';
import { migrateJobs } from './platform/jobs/migrate-jobs.ts';
import { createJobs } from './platform/jobs/pg-boss-jobs.ts';
import { createLogger, type Logger } from './platform/log/log.ts';
import { createMailer } from './platform/mail/outbox-mailer.ts';
import { createMetrics } from './platform/metrics/metrics.ts';
import type { ModuleParts, Platform } from './platform/module.ts';
import { createWorkflows } from './platform/workflow/journaled-workflows.ts';

/** Everything the process runs on, wired but not started. */
export interface Application {
  config: PlatformConfig;
  platform: Platform;
  services: Services;
  routes: readonly Route[];
  parts: readonly ModuleParts<unknown>[];
  rateLimits: RateLimits;
  database: PostgresDatabase;
  demo: DemoSignIn;
  close(): Promise<void>;
}

export interface BootstrapOptions {
  env?: NodeJS.ProcessEnv;
  clock?: Clock;
  log?: Logger;
  /** Origin for links when PUBLIC_URL is not set. */
  defaultPublicUrl: string;
}

/** URL of the role the server works as. */
export function appUrlOf(config: PlatformConfig): string {
  return config.DATABASE_APP_URL ?? deriveAppUrl(config.DATABASE_URL, config.SECRET_KEY);
}

/** Brings the configured database to this release's schema. @returns the migrations applied now */
export async function migrateDatabase(config: PlatformConfig): Promise<string[]> {
  return migrate({
    ownerUrl: config.DATABASE_URL,
    appUrl: appUrlOf(config),
    sources: migrationSources,
    afterwards: [migrateJobs],
  });
}

/** Builds the platform and the modules on a migrated database. Nothing listens and no job runs yet. */
export function createApplication(options: BootstrapOptions): Application {
  const env = options.env ?? process.env;
  const config = readPlatformConfig(env);
  const clock = options.clock ?? systemClock;
  const log = options.log ?? createLogger(config.LOG_LEVEL);
  const metrics = createMetrics({ collectDefaults: config.NODE_ENV !== 'test' });
  const appUrl = appUrlOf(config);
  const database = new PostgresDatabase({ url: appUrl, poolSize: config.DATABASE_POOL_SIZE, log });
  const jobs = createJobs({ appUrl, db: database, log, metrics });
  const events = createEvents({ appUrl, db: database, log, metrics, clock });
  const platform: Platform = {
    config,
    publicUrl: (config.PUBLIC_URL ?? options.defaultPublicUrl).replace(/\/+$/, ''),
    env,
    db: database,
    clock,
    log,
    metrics,
    envelope: createEnvelope({ db: database, keys: localKeyEncryption(config.ENCRYPTION_KEY) }),
    jobs,
    events,
    workflows: createWorkflows({ db: database, jobs, events, log, clock }),
    mailer: createMailer({ config, db: database, jobs, log, clock }),
  };
  const rateLimits = createRateLimits(database.pool, config.RATE_LIMITS);
  jobs.register([rateLimitSweep(database)]);
  const demo: DemoSignIn = { current: null };
  const { parts, services } = composeModules(platform, rateLimits, demo);
  for (const part of parts) {
    jobs.register(part.jobs ?? []);
    events.register(part.subscribers ?? []);
    platform.workflows.register(part.workflows ?? []);
  }
  return {
    config,
    platform,
    services,
    routes: parts.flatMap((part) => part.routes ?? []),
    parts,
    rateLimits,
    database,
    demo,
    async close() {
      for (const part of parts.toReversed()) await part.shutdown?.();
      await database.close();
    },
  };
}
