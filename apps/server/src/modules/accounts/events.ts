import { z } from 'zod';
import { defineEvent } from '#platform/events/events.ts';

/** Connected, re-enabled or given other credentials: time to look at it again. */
export const accountChanged = defineEvent({
  name: 'accounts.account_changed',
  version: 1,
  schema: z.object({
    accountId: z.guid(),
    workspaceId: z.guid(),
    provider: z.string(),
    enabled: z.boolean(),
  }),
});

export const accountRemoved = defineEvent({
  name: 'accounts.account_removed',
  version: 1,
  schema: z.object({ accountId: z.guid(), workspaceId: z.guid(), provider: z.string() }),
});
