import { z } from 'zod';
import { defineEvent } from '#platform/events/events.ts';

/** A person's account is gone: memberships and whatever else names them should follow. No organization. */
export const userDeleted = defineEvent({
  name: 'identity.user_deleted',
  version: 1,
  schema: z.strictObject({ userId: z.guid() }),
});
