import { z } from 'zod';
import { defineWorkflowKind } from '#platform/workflow/workflow.ts';

/** The workflow that carries out one order; its input is the order's id, never what the order holds. */
export const carryOutOrder = defineWorkflowKind({
  name: 'inventory.carry_out_order',
  input: z.object({ orderId: z.guid() }),
});
