import { z } from 'zod';
import { defineWorkflowKind } from '#platform/workflow/workflow.ts';

const input = z.object({ actionId: z.guid() });

/** Applies an action at the provider. */
export const applyAction = defineWorkflowKind({ name: 'finops.apply_action', input });

/** Takes an action back. */
export const undoAction = defineWorkflowKind({ name: 'finops.undo_action', input });

/** Deletes what was in quarantine. */
export const finalizeAction = defineWorkflowKind({ name: 'finops.finalize_action', input });
