import { scheduleOperations } from '@cloudatlas/contracts/schedules';
import { z } from 'zod';
import { defineEvent } from '#platform/events/events.ts';

const run = {
  workspaceId: z.guid(),
  scheduleId: z.guid(),
  scheduleName: z.string(),
  runId: z.guid(),
  operation: z.enum(scheduleOperations),
  dueAt: z.string(),
  reason: z.string().nullable(),
  done: z.number(),
  failed: z.number(),
  skipped: z.number(),
};

/** A run is over without a failure; also one that had nothing to do. */
export const scheduleRunFinished = defineEvent({
  name: 'schedules.run_finished',
  version: 1,
  schema: z.object({ ...run, status: z.enum(['succeeded', 'skipped']) }),
});

/** A run is over and at least one resource is not as it should be. */
export const scheduleRunFailed = defineEvent({
  name: 'schedules.run_failed',
  version: 1,
  schema: z.object({ ...run, status: z.enum(['partial', 'failed']) }),
});

/** A schedule was made, changed, switched, held back or removed. */
export const scheduleChanged = defineEvent({
  name: 'schedules.schedule_changed',
  version: 1,
  schema: z.object({
    workspaceId: z.guid(),
    scheduleId: z.guid(),
    change: z.enum(['created', 'changed', 'enabled', 'disabled', 'kept_on', 'released', 'removed']),
  }),
});
