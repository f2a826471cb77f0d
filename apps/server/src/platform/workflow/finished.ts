import { z } from 'zod';
import { defineEvent } from '../events/events.ts';

/** Published when a run is over, also when it needs attention. */
export const workflowFinished = defineEvent({
  name: 'platform.workflow_finished',
  version: 1,
  schema: z.strictObject({
    runId: z.string(),
    workflow: z.string(),
    workspaceId: z.string().nullable(),
    status: z.enum(['succeeded', 'failed', 'cancelled', 'needs_attention']),
  }),
});
