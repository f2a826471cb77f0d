import { z } from 'zod';
import { defineEvent } from '#platform/events/events.ts';

/** A synchronisation came to its end: the inventory of the account is as new as it gets. */
export const syncFinished = defineEvent({
  name: 'inventory.sync_finished',
  version: 1,
  schema: z.object({
    runId: z.guid(),
    accountId: z.guid(),
    workspaceId: z.guid(),
    trigger: z.enum(['manual', 'schedule', 'account']),
    status: z.enum(['succeeded', 'partial', 'failed']),
  }),
});
