import { pino } from 'pino';
import { z } from 'zod';
import { PostgresDatabase } from '../../db/database.ts';
import { createMetrics } from '../../metrics/metrics.ts';
import { defineJob } from '../jobs.ts';
import { createJobs } from '../pg-boss-jobs.ts';

/** A worker process for tests: takes one job, says so to its parent and never finishes it. */
const [appUrl = '', name = ''] = process.argv.slice(2);
const log = pino({ level: 'silent' });
const db = new PostgresDatabase({ url: appUrl, poolSize: 2, log });
const jobs = createJobs({
  appUrl,
  db,
  log,
  metrics: createMetrics({ collectDefaults: false }),
  pollSeconds: 0.5,
  heartbeatSeconds: 10,
});
jobs.register([
  defineJob({
    name,
    schema: z.unknown(),
    retryDelay: 0,
    retryBackoff: false,
    handler: () =>
      new Promise<void>(() => {
        process.send?.('working');
      }),
  }),
]);
await jobs.start({ work: true });
