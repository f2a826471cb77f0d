import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Prometheus metrics of this process. Labels are bounded: routes by pattern, never tenants or ids. */
export interface Metrics {
  registry: Registry;
  httpDuration: Histogram<'method' | 'route' | 'status'>;
  jobDuration: Histogram<'queue' | 'outcome'>;
  outboxPending: Gauge;
  denials: Counter<'code'>;
}

export function createMetrics(options: { collectDefaults: boolean }): Metrics {
  const registry = new Registry();
  if (options.collectDefaults) collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    httpDuration: new Histogram({
      name: 'atlas_http_request_duration_seconds',
      help: 'Time to answer a request.',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
      registers,
    }),
    jobDuration: new Histogram({
      name: 'atlas_job_duration_seconds',
      help: 'Time a background job ran.',
      labelNames: ['queue', 'outcome'],
      buckets: [0.01, 0.05, 0.25, 1, 5, 30, 120, 600],
      registers,
    }),
    outboxPending: new Gauge({
      name: 'atlas_outbox_pending',
      help: 'Events written but not yet delivered.',
      registers,
    }),
    denials: new Counter({
      name: 'atlas_denials_total',
      help: 'Requests refused, by error code.',
      labelNames: ['code'],
      registers,
    }),
  };
}
