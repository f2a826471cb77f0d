import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Metrics } from '../metrics/metrics.ts';
import { isFromThisMachine } from './direct.ts';

export interface HealthOptions {
  metrics: Metrics;
  log: Logger;
  /** Answers quickly whether the process can do its work. @throws when it cannot */
  ready: () => Promise<void>;
  /** Bearer token for /metrics; without one only programs on this machine may read. */
  metricsToken: string | undefined;
}

/** Liveness, readiness and metrics, for orchestrators and Prometheus. */
export function registerHealth(app: FastifyInstance, options: HealthOptions): void {
  const config = { unguarded: true };
  app.get('/health/live', { config }, async () => ({ status: 'ok' }));
  app.get('/health/ready', { config }, async (_request, reply) => {
    try {
      await options.ready();
      return { status: 'ok' };
    } catch (error) {
      options.log.warn({ err: error }, 'not ready');
      // The reason is in the log; addresses and versions are nobody's business here.
      return reply.code(503).send({ status: 'unavailable' });
    }
  });
  app.get('/metrics', { config }, async (request, reply) => {
    if (!mayReadMetrics(request, options.metricsToken)) return reply.code(404).send();
    return reply.type(options.metrics.registry.contentType).send(await options.metrics.registry.metrics());
  });
}

function mayReadMetrics(request: FastifyRequest, token: string | undefined): boolean {
  if (token === undefined) return isFromThisMachine(request);
  const given = Buffer.from(request.headers.authorization ?? '');
  const expected = Buffer.from(`Bearer ${token}`);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
