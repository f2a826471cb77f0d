import { z } from 'zod';
import { defineEvent } from '#platform/events/events.ts';

const schema = z.object({
  workspaceId: z.guid(),
  actionId: z.guid(),
  recommendationId: z.guid(),
  ruleId: z.string(),
  kind: z.string(),
  trigger: z.enum(['manual', 'bulk', 'automatic']),
  accountId: z.guid(),
  resource: z.object({
    id: z.guid(),
    type: z.string(),
    nativeId: z.string(),
    name: z.string(),
    region: z.string(),
  }),
  monthlySaving: z.object({ amount: z.string(), currency: z.string() }).nullable(),
  message: z.string().nullable(),
});

const event = (what: string) => defineEvent({ name: `finops.action_${what}`, version: 1, schema });

/** What happens to actions, for webhooks and notifications. */
export const actionEvents = {
  started: event('started'),
  applied: event('applied'),
  failed: event('failed'),
  undone: event('undone'),
  needs_attention: event('needs_attention'),
  final: event('final'),
  /** Whoever asked for it took the request back. */
  withdrawn: event('withdrawn'),
  /** A request that nobody decided about in time. */
  expired: event('expired'),
} as const;

export type ActionEvent = keyof typeof actionEvents;
