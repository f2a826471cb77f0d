import type { ScheduleBody } from '@cloudatlas/contracts/schedules';
import { sql } from 'kysely';
import type { AuditService } from '#modules/audit/index.ts';
import { lockOrganization, requireRoom } from '#modules/tenancy/index.ts';
import { violates, type TenantTx } from '#platform/db/database.ts';
import { AppError, notFound } from '#platform/errors/app-error.ts';
import { isId, newId } from '#platform/ids/ids.ts';
import type { Platform } from '#platform/module.ts';
import { scheduleChanged } from '../events.ts';
import { wake } from '../run/claim.ts';
import type { WorkspaceRef } from '../scope-of.ts';
import type { ScheduleRow, SchedulesTables } from '../tables.ts';
import { localTime } from '../when/occurrences.ts';
import { isCountry } from '../when/holidays.ts';
import { requireOperate, type Acting, type Saver } from './acting.ts';
import { columnsOf } from './columns.ts';

type Tx = TenantTx<SchedulesTables>;
type Change = 'created' | 'changed' | 'enabled' | 'disabled' | 'kept_on' | 'released' | 'removed';

export async function countSchedules(tx: Tx): Promise<number> {
  const { n } = await tx
    .selectFrom('schedules.schedule')
    .select((eb) => eb.fn.countAll<string>().as('n'))
    .executeTakeFirstOrThrow();
  return Number(n);
}

/** Writes schedules inside the caller's transaction, with audit entry and event. */
export function createStore(platform: Pick<Platform, 'clock' | 'events' | 'jobs'>, audit: AuditService) {
  const { clock, events, jobs } = platform;

  async function find(tx: Tx, scope: WorkspaceRef, scheduleId: string): Promise<ScheduleRow> {
    const row = isId(scheduleId)
      ? await tx
          .selectFrom('schedules.schedule')
          .selectAll()
          .where('id', '=', scheduleId)
          .where('workspace_id', '=', scope.workspaceId)
          .executeTakeFirst()
      : undefined;
    if (row === undefined) throw notFound('The schedule');
    return row;
  }

  /** @throws AppError `validation_failed` when a calendar is none of the organization's */
  async function checkCalendars(tx: Tx, holidays: readonly string[]): Promise<void> {
    const ids = [...new Set(holidays.filter((ref) => !isCountry(ref)))];
    if (ids.length === 0) return;
    const rows = await tx.selectFrom('schedules.calendar').select('id').where('id', 'in', ids).execute();
    if (rows.length === ids.length) return;
    throw new AppError('validation_failed', 'One of the calendars is not there any more.', {
      errors: [{ path: 'body.holidays', code: 'invalid', message: 'names a calendar that is not there' }],
    });
  }

  async function announce(
    tx: Tx,
    row: ScheduleRow,
    acting: Acting,
    change: Change,
    details: Record<string, unknown> = {},
  ): Promise<void> {
    await audit.record(tx, {
      organizationId: row.organization_id,
      action: `schedule.${change}`,
      outcome: 'success',
      ...acting,
      workspaceId: row.workspace_id,
      target: { type: 'schedule', id: row.id, label: row.name },
      details: { ...summary(row), ...details },
    });
    await events.publish(tx, scheduleChanged, {
      organizationId: row.organization_id,
      workspaceId: row.workspace_id,
      scheduleId: row.id,
      change,
    });
    await events.live.publish(tx, {
      organizationId: row.organization_id,
      topic: 'schedules.schedule',
      data: { workspaceId: row.workspace_id, scheduleId: row.id },
    });
    if (row.next_run_at !== null) await wake(tx, jobs, row.next_run_at, clock.now());
  }

  return {
    find,
    announce,

    /** @throws AppError `limit_reached`, `plan_required`, `already_exists`, `forbidden`, `validation_failed` */
    async insert(
      tx: Tx,
      scope: WorkspaceRef,
      saver: Saver,
      bodies: readonly ScheduleBody[],
      pairId: string | null,
    ): Promise<ScheduleRow[]> {
      requireOperate(saver);
      // oxlint-disable-next-line no-unsafe-type-assertion -- tenancy locks its own table in the caller's transaction
      const plan = await lockOrganization(tx as never);
      const used = await countSchedules(tx);
      for (let more = 0; more < bodies.length; more += 1) requireRoom(plan, 'schedules', used + more);
      const now = clock.now();
      const rows: ScheduleRow[] = [];
      for (const body of bodies) {
        await checkCalendars(tx, body.holidays);
        await requireName(tx, scope, body, null);
        const row = await tx
          .insertInto('schedules.schedule')
          .values({
            organization_id: scope.organizationId,
            id: newId(),
            workspace_id: scope.workspaceId,
            pair_id: pairId,
            ...columnsOf(body, now),
            acts_as: saver.userId,
            acts_as_label: saver.actor.label,
            created_at: now,
            updated_at: now,
          })
          .returningAll()
          .executeTakeFirstOrThrow()
          .catch((error: unknown) => {
            throw named(error);
          });
        rows.push(row);
        await announce(tx, row, actingOnly(saver), 'created');
      }
      return rows;
    },

    /** @throws AppError `not_found`, `already_exists`, `forbidden`, `validation_failed` */
    async update(
      tx: Tx,
      scope: WorkspaceRef,
      saver: Saver,
      scheduleId: string,
      body: ScheduleBody,
    ): Promise<ScheduleRow> {
      requireOperate(saver);
      const before = await find(tx, scope, scheduleId);
      await checkCalendars(tx, body.holidays);
      await requireName(tx, scope, body, before.id);
      const now = clock.now();
      const row = await tx
        .updateTable('schedules.schedule')
        .set({
          ...columnsOf(body, now),
          acts_as: saver.userId,
          acts_as_label: saver.actor.label,
          updated_at: now,
        })
        .where('id', '=', before.id)
        .returningAll()
        .executeTakeFirstOrThrow()
        .catch((error: unknown) => {
          throw named(error);
        });
      await announce(tx, row, actingOnly(saver), 'changed', { before: summary(before) });
      return row;
    },

    /** The other half of a pair stays, alone. @throws AppError `not_found` */
    async remove(tx: Tx, scope: WorkspaceRef, acting: Acting, scheduleId: string): Promise<void> {
      const row = await find(tx, scope, scheduleId);
      await tx.deleteFrom('schedules.schedule').where('id', '=', row.id).execute();
      if (row.pair_id !== null)
        await tx
          .updateTable('schedules.schedule')
          .set({ pair_id: null })
          .where('pair_id', '=', row.pair_id)
          .execute();
      await announce(tx, { ...row, next_run_at: null }, acting, 'removed');
    },
  };
}

export type Store = ReturnType<typeof createStore>;

/** Said before the database does, because a failed statement would spoil the caller's transaction. */
async function requireName(
  tx: Tx,
  scope: WorkspaceRef,
  body: Pick<ScheduleBody, 'name' | 'operation'>,
  except: string | null,
): Promise<void> {
  const same = await tx
    .selectFrom('schedules.schedule')
    .select('id')
    .where('workspace_id', '=', scope.workspaceId)
    .where('operation', '=', body.operation)
    .where('name', '=', body.name)
    .where(sql<boolean>`id is distinct from ${except}::uuid`)
    .executeTakeFirst();
  if (same !== undefined) throw nameTaken();
}

function nameTaken(): AppError {
  return new AppError('already_exists', 'A schedule of this workspace with this action has this name.', {
    meta: { field: 'name' },
  });
}

function named(error: unknown): unknown {
  return violates(error, 'schedule_name') ? nameTaken() : error;
}

function actingOnly({ actor, ip, requestId }: Saver): Acting {
  return { actor, ...(ip === undefined ? {} : { ip }), ...(requestId === undefined ? {} : { requestId }) };
}

/** What the audit log keeps of a schedule. */
function summary(row: ScheduleRow): Record<string, unknown> {
  return {
    operation: row.operation,
    enabled: row.enabled,
    time: row.at_time,
    timeZone: row.time_zone,
    days: row.days,
    resources: row.resource_ids.length,
    tags: row.tags.map(({ key, value }) => (value === null ? key : `${key}=${value}`)),
    ...(row.next_run_at === null ? {} : { next: localTime(row.next_run_at, row.time_zone) }),
  };
}
