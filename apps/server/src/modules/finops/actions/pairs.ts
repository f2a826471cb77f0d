import type { SchedulePairBody } from '@cloudatlas/contracts/schedules';
import type { Permission } from '@cloudatlas/contracts/permissions';
import type { AuditActor } from '#modules/audit/index.ts';
import type { AnyTenantTx, Database } from '#platform/db/database.ts';
import type { Clock } from '#platform/clock/clock.ts';
import type { WorkspaceRef } from '../scope-of.ts';
import { askerOf } from './outcome.ts';
import type { ActionRecord, ActionTables } from './tables.ts';

/** In whose name a pair of schedules is made and will act. */
export interface PairOwner {
  actor: AuditActor;
  userId: string;
  permissions: ReadonlySet<Permission>;
}

/** Port: how savings make schedules. The schedules module implements it; modules.ts binds it. */
export interface SchedulePairs {
  /** Inside the caller's transaction. */
  createPair(
    tx: AnyTenantTx,
    scope: WorkspaceRef,
    owner: PairOwner,
    body: SchedulePairBody,
  ): Promise<{ pairId: string }>;
  /** One that is gone already is passed over. */
  removePair(tx: AnyTenantTx, scope: WorkspaceRef, owner: PairOwner, pairId: string): Promise<number>;
}

/** Makes and removes the pair of schedules of an action; both in one transaction with its journal. */
export interface PairKeeper {
  create(action: ActionRecord): Promise<void>;
  remove(action: ActionRecord): Promise<void>;
}

export function createPairKeeper(
  clock: Clock,
  db: Database<ActionTables>,
  schedules: SchedulePairs,
): PairKeeper {
  const scopeOf = (action: ActionRecord): WorkspaceRef => ({
    organizationId: action.organization_id,
    workspaceId: action.workspace_id,
  });
  return {
    async create(action) {
      const { planned } = action;
      if (planned.kind !== 'schedule') return;
      await db.inTenant(scopeOf(action), async (tx) => {
        const begun = await tx
          .updateTable('finops.action_step')
          .set({ status: 'done', started_at: clock.now(), finished_at: clock.now() })
          .where('action_id', '=', action.id)
          .where('status', '=', 'pending')
          .returning('position')
          .executeTakeFirst();
        if (begun === undefined) return;
        const half = (time: string) => ({
          recurrence: { kind: 'days' as const, days: [...planned.days] },
          time,
        });
        const { name, id } = action.resource;
        const { pairId } = await schedules.createPair(tx, scopeOf(action), ownerOf(action), {
          // Names of schedules are unique in a workspace, those of resources are not.
          name: `${name.slice(0, 60)} · ${id.slice(0, 50)}`,
          enabled: true,
          targets: { resourceIds: [action.resource_id], tags: [] },
          start: half(planned.startAt),
          stop: half(planned.stopAt),
          timeZone: planned.timeZone,
          validFrom: null,
          validUntil: null,
          holidays: [],
          missed: { policy: 'run', withinMinutes: 60 },
        });
        await tx.updateTable('finops.action').set({ pair_id: pairId }).where('id', '=', action.id).execute();
      });
    },

    async remove(action) {
      await db.inTenant(scopeOf(action), async (tx) => {
        const { pair_id: pairId } = await tx
          .selectFrom('finops.action')
          .select('pair_id')
          .where('id', '=', action.id)
          .executeTakeFirstOrThrow();
        if (pairId !== null) await schedules.removePair(tx, scopeOf(action), ownerOf(action), pairId);
        await tx
          .updateTable('finops.action_step')
          .set({ status: 'undone', finished_at: clock.now() })
          .where('action_id', '=', action.id)
          .where('status', '=', 'done')
          .execute();
        await tx.updateTable('finops.action').set({ pair_id: null }).where('id', '=', action.id).execute();
      });
    },
  };
}

function ownerOf(action: ActionRecord): PairOwner {
  return {
    actor: askerOf(action),
    userId: action.requested_by ?? '',
    // Whoever may apply may operate; each run asks again what the person may do then.
    permissions: new Set<Permission>(['resources:operate', 'schedules:write']),
  };
}
