import type { FastifyInstance } from 'fastify';
import type { Application } from './bootstrap.ts';
import { version } from './platform/config/version.ts';
import { registerApiDocs } from './platform/http/api-docs.ts';
import { registerDevMail } from './platform/http/dev-mail.ts';
import { registerHealth } from './platform/http/health.ts';
import { createHttpApp } from './platform/http/server.ts';
import { registerWebApp } from './platform/http/static-web.ts';

/** The HTTP application of a process: the API with the web app for `api`, health and metrics alone for a worker. */
export function createAtlasHttp(
  application: Application,
  options: { api: boolean },
): Promise<FastifyInstance> {
  const { config, platform, services, routes, rateLimits, database } = application;
  return createHttpApp({
    log: platform.log,
    metrics: platform.metrics,
    publicUrl: platform.publicUrl,
    trustedProxies: config.TRUSTED_PROXIES,
    version,
    authenticator: services.identity,
    scopes: services.tenancy.scopes,
    denials: services.audit,
    rateLimits,
    routes: options.api ? routes : [],
    extras: async (app) => {
      registerHealth(app, {
        metrics: platform.metrics,
        log: platform.log,
        metricsToken: config.METRICS_TOKEN,
        ready: async () => {
          await database.pool.query('select 1');
        },
      });
      if (!options.api) return;
      registerApiDocs(app);
      if (config.NODE_ENV !== 'production' && config.SMTP_URL === undefined)
        registerDevMail(app, platform.mailer);
      await registerWebApp(app, new URL('../../web/dist/', import.meta.url));
    },
  });
}
