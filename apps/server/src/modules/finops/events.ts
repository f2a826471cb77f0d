import { z } from 'zod';
import { defineEvent } from '#platform/events/events.ts';

/** Findings of one account that a scan moved, largest saving first; at most 50 of them by name. */
const findings = z.object({
  scanId: z.guid(),
  workspaceId: z.guid(),
  accountId: z.guid(),
  count: z.number().int(),
  /** Sum of their savings a month, decimal, in the organization's currency. */
  monthly: z.string(),
  currency: z.string(),
  items: z
    .array(
      z.object({
        recommendationId: z.guid(),
        ruleId: z.string(),
        nativeId: z.string(),
        name: z.string(),
        monthly: z.string().nullable(),
      }),
    )
    .max(50),
});
export type FindingsMoved = z.infer<typeof findings>;

export const findingsOpened = defineEvent({ name: 'finops.findings_opened', version: 1, schema: findings });
export const findingsReopened = defineEvent({
  name: 'finops.findings_reopened',
  version: 1,
  schema: findings,
});
export const findingsExpired = defineEvent({ name: 'finops.findings_expired', version: 1, schema: findings });

export const scanFinished = defineEvent({
  name: 'finops.scan_finished',
  version: 1,
  schema: z.object({
    scanId: z.guid(),
    workspaceId: z.guid(),
    status: z.enum(['succeeded', 'partial', 'failed']),
  }),
});
