import { z } from 'zod';
import { defineEvent } from '#platform/events/events.ts';

/** A budget threshold, an alert rule or an anomaly fired. */
export const costAlertRaised = defineEvent({
  name: 'costs.alert_raised',
  version: 1,
  schema: z.object({
    workspaceId: z.guid(),
    alertId: z.guid(),
    kind: z.enum(['budget', 'rule', 'anomaly']),
    severity: z.enum(['info', 'warning', 'critical']),
    sourceId: z.guid(),
    sourceName: z.string(),
    currency: z.string(),
    facts: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
  }),
});
