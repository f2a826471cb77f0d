import { z } from 'zod';
import { defineJobKind } from '#platform/jobs/jobs.ts';

/** Reads metrics and examines one account. Resumed after a kill: what is stored of its metrics is not read again. */
export const scanAccountJob = defineJobKind({
  name: 'finops.scan_account',
  schema: z.object({
    organizationId: z.guid(),
    workspaceId: z.guid(),
    scanId: z.guid(),
    accountId: z.guid(),
  }),
  retryLimit: 3,
  retryDelay: 5,
  expireInSeconds: 6 * 3600,
  // Each holds its account in memory, and two share one processor: two at once take more and end no sooner.
  concurrency: 1,
});
export const lastAttempt = (scanAccountJob.retryLimit ?? 3) + 1;

/**
 * Scans a workspace after a synchronisation. Waits for a scan under way, which may have begun before it, and a while
 * for the first bill: what things cost is half of what a scan says.
 */
export const scanAfterSyncJob = defineJobKind({
  name: 'finops.scan_after_sync',
  schema: z.object({
    organizationId: z.guid(),
    workspaceId: z.guid(),
    /** How many times it has waited. */
    waited: z.number().int().default(0),
  }),
  singletonKey: ({ workspaceId }) => workspaceId,
});
