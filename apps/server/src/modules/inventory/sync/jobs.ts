import { z } from 'zod';
import { defineJobKind } from '#platform/jobs/jobs.ts';

/** Finds the regions of an account and lays out the scopes of a run. */
export const startRunJob = defineJobKind({
  name: 'inventory.start_run',
  schema: z.object({ organizationId: z.guid(), accountId: z.guid(), runId: z.guid() }),
  retryLimit: 3,
  expireInSeconds: 300,
  concurrency: 2,
});

/** Lists one service in one region and writes what differs. */
export const scopeJob = defineJobKind({
  name: 'inventory.sync_scope',
  schema: z.object({
    organizationId: z.guid(),
    accountId: z.guid(),
    runId: z.guid(),
    service: z.string(),
    region: z.string(),
  }),
  retryLimit: 3,
  retryDelay: 5,
  expireInSeconds: 3600,
  concurrency: 6,
});
