import type { Database } from '#platform/db/database.ts';
import type { Platform } from '#platform/module.ts';
import { finalizeAction } from './kinds.ts';
import type { Outcomes } from './outcome.ts';
import type { ActionTables } from './tables.ts';

const batch = 500;

/**
 * What time does to actions: after the window an applied one is final, and what was in quarantine is deleted.
 * @returns what a worker calls every minute; several may at once
 */
export function createActionTick(
  { clock, workflows }: Pick<Platform, 'clock' | 'workflows'>,
  db: Database<ActionTables>,
  outcomes: Outcomes,
) {
  /** Of all organizations. */
  function due(now: Date) {
    return db.inSystem('find actions whose time for undo is over', (tx) =>
      tx
        .selectFrom('finops.action')
        .select(['organization_id', 'id', 'workspace_id', 'status'])
        .where((eb) =>
          eb.or([
            eb.and([
              eb('status', '=', 'applied'),
              eb('undo_until', '<=', now),
              eb('undo_pending', '=', false),
            ]),
            eb.and([eb('status', '=', 'quarantined'), eb('final_at', '<=', now)]),
          ]),
        )
        .orderBy('id')
        .limit(batch)
        .execute(),
    );
  }

  return async function tick(): Promise<number> {
    const actions = await due(clock.now());
    for (const action of actions) {
      if (action.status === 'applied') {
        await outcomes.turn(action, { from: ['applied'], to: 'final', event: 'final', audit: 'final' });
        continue;
      }
      await db.inTenant({ organizationId: action.organization_id }, async (tx) => {
        // Whoever takes it back at the same moment wins or loses here, not at the provider.
        const turned = await outcomes.turnIn(tx, action.id, { from: ['quarantined'], to: 'running' });
        if (turned === undefined) return;
        await workflows.start(tx, finalizeAction, {
          organizationId: action.organization_id,
          workspaceId: action.workspace_id,
          key: `finalize ${action.id} ${turned.undo_round}`,
          input: { actionId: action.id },
        });
      });
    }
    return actions.length;
  };
}
