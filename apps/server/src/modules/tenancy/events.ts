import { z } from 'zod';
import { defineEvent } from '#platform/events/events.ts';

/** A person left an organization, or was removed. What they made there to act in their name should end. */
export const membershipEnded = defineEvent({
  name: 'tenancy.membership_ended',
  version: 1,
  schema: z.strictObject({ userId: z.guid(), endedAt: z.iso.datetime() }),
});
