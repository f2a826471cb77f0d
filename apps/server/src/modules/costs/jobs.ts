import { z } from 'zod';
import { defineJobKind } from '#platform/jobs/jobs.ts';

const workspace = { organizationId: z.guid(), workspaceId: z.guid() };
const perWorkspace = ({ workspaceId }: { organizationId: string; workspaceId: string }): string =>
  workspaceId;

/** Reads the files of one import into the store. */
export const importJob = defineJobKind({
  name: 'costs.import',
  schema: z.object({ ...workspace, importId: z.guid() }),
  retryLimit: 3,
  retryDelay: 3,
  expireInSeconds: 6 * 3600,
  concurrency: 1,
});

/** Brings the daily roll-up to the store, then has budgets, alerts and anomalies looked at. */
export const rollUpJob = defineJobKind({
  name: 'costs.roll_up',
  schema: z.object(workspace),
  expireInSeconds: 3600,
  singletonKey: perWorkspace,
});

/** Evaluates budgets, alert rules and anomalies of one workspace. */
export const evaluateJob = defineJobKind({
  name: 'costs.evaluate',
  schema: z.object(workspace),
  expireInSeconds: 1800,
  singletonKey: perWorkspace,
});

/** Fetches what a connected account delivers. */
export const fetchJob = defineJobKind({
  name: 'costs.fetch',
  schema: z.object({
    organizationId: z.guid(),
    accountId: z.guid(),
    /** Asks nobody: drops what another way of fetching brought for the same months. */
    tidyOnly: z.boolean().optional(),
  }),
  retryLimit: 3,
  retryDelay: 30,
  expireInSeconds: 6 * 3600,
  concurrency: 2,
  singletonKey: ({ accountId, tidyOnly }) => (tidyOnly === true ? `${accountId} tidy` : accountId),
});

/** Reads every file of a workspace's store again and compares checksums and sums. */
export const verifyJob = defineJobKind({
  name: 'costs.verify',
  schema: z.object(workspace),
  expireInSeconds: 6 * 3600,
  singletonKey: perWorkspace,
});
