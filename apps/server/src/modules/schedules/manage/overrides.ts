import type { OverrideBody, Schedule } from '@cloudatlas/contracts/schedules';
import type { z } from 'zod';
import type { Database, TenantTx } from '#platform/db/database.ts';
import { AppError, invalidField } from '#platform/errors/app-error.ts';
import { newId } from '#platform/ids/ids.ts';
import type { Platform } from '#platform/module.ts';
import { wake } from '../run/claim.ts';
import type { WorkspaceRef } from '../scope-of.ts';
import type { SchedulesTables } from '../tables.ts';
import type { Saver } from './acting.ts';
import { presentKeepOn } from './present.ts';
import type { Store } from './store.ts';
import type { TargetCheck } from './targets.ts';

type Tx = TenantTx<SchedulesTables>;
const longestMs = 31 * 86_400_000;

/** "Keep on until": holds back the stops of a schedule's resources, of whichever schedule, until an instant. */
export function createOverrides(
  platform: Pick<Platform, 'clock' | 'jobs'>,
  db: Database<SchedulesTables>,
  store: Store,
  check: TargetCheck,
) {
  const { clock, jobs } = platform;

  /** Held back stops of a workspace have their turn now instead of at an instant. */
  async function bringForward(tx: Tx, scope: WorkspaceRef, from: Date, now: Date): Promise<void> {
    await tx
      .updateTable('schedules.run')
      .set({ due_at: now })
      .where('workspace_id', '=', scope.workspaceId)
      .where('trigger', '=', 'override_ended')
      .where('status', '=', 'pending')
      .where('due_at', '=', from)
      .execute();
    await wake(tx, jobs, now, now);
  }

  return {
    /** One at a time for a schedule: a newer one takes the place of the older. @throws AppError `conflict`, `validation_failed` */
    async put(
      scope: WorkspaceRef,
      saver: Saver,
      scheduleId: string,
      body: z.output<typeof OverrideBody>,
    ): Promise<NonNullable<Schedule['override']>> {
      const until = new Date(body.until);
      const now = clock.now();
      if (until <= now) throw invalidField('body.until', 'is in the past');
      if (until.getTime() - now.getTime() > longestMs)
        throw invalidField('body.until', 'is more than 31 days ahead');
      const schedule = await db.inTenant(scope, (tx) => store.find(tx, scope, scheduleId));
      if (schedule.operation !== 'stop')
        throw new AppError('conflict', 'Only a schedule that stops resources can be held back.');
      const { resources } = await check.resolve(scope, schedule);
      return db.inTenant(scope, async (tx) => {
        const chosen = {
          resource_ids: resources.map((resource) => resource.id),
          until,
          note: body.note,
          created_by: saver.userId,
          created_by_label: saver.actor.label,
          created_at: now,
        };
        const row = await tx
          .insertInto('schedules.keep_on')
          .values({
            organization_id: scope.organizationId,
            id: newId(),
            workspace_id: scope.workspaceId,
            schedule_id: schedule.id,
            ...chosen,
          })
          .onConflict((conflict) => conflict.constraint('keep_on_schedule').doUpdateSet(chosen))
          .returningAll()
          .executeTakeFirstOrThrow();
        await store.announce(tx, schedule, saverAsActing(saver), 'kept_on', {
          until: until.toISOString(),
          ...(body.note === '' ? {} : { note: body.note }),
        });
        return presentKeepOn(row);
      });
    },

    /** Ends it early; stops that it held back run within a minute. */
    async remove(scope: WorkspaceRef, saver: Saver, scheduleId: string): Promise<void> {
      await db.inTenant(scope, async (tx) => {
        const schedule = await store.find(tx, scope, scheduleId);
        const now = clock.now();
        const row = await tx
          .deleteFrom('schedules.keep_on')
          .where('schedule_id', '=', schedule.id)
          .returning('until')
          .executeTakeFirst();
        if (row === undefined) return;
        if (row.until > now) await bringForward(tx, scope, row.until, now);
        await store.announce(tx, schedule, saverAsActing(saver), 'released');
      });
    },
  };
}

export type Overrides = ReturnType<typeof createOverrides>;

function saverAsActing({ actor, ip, requestId }: Saver) {
  return { actor, ip: ip ?? null, requestId: requestId ?? null };
}
