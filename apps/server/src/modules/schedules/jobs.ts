import { z } from 'zod';
import { defineJobKind } from '#platform/jobs/jobs.ts';

/** Claims what is due and carries on what was left; the clock asks every minute, and at the instant of the next run. */
export const tickJob = defineJobKind({
  name: 'schedules.tick',
  schema: z.object({}),
  retryLimit: 0,
});

/** Carries out claimed runs of one workspace. */
export const carryOutJob = defineJobKind({
  name: 'schedules.carry_out',
  schema: z.object({
    organizationId: z.guid(),
    workspaceId: z.guid(),
    runIds: z.array(z.guid()).min(1).max(100),
  }),
  concurrency: 4,
  expireInSeconds: 600,
});

/** Takes over how the orders of an organization's runs ended. */
export const settleJob = defineJobKind({
  name: 'schedules.settle',
  schema: z.object({ organizationId: z.guid() }),
  concurrency: 2,
  singletonKey: ({ organizationId }) => organizationId,
});
