import type { HolidayCalendar, HolidayCalendarBody } from '@cloudatlas/contracts/schedules';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { AuditService } from '#modules/audit/index.ts';
import { violates, type Database, type TenantScope, type TenantTx } from '#platform/db/database.ts';
import { AppError, notFound } from '#platform/errors/app-error.ts';
import { isId, newId } from '#platform/ids/ids.ts';
import type { Platform } from '#platform/module.ts';
import type { SchedulesTables } from '../tables.ts';
import type { Acting } from './acting.ts';

type Tx = TenantTx<SchedulesTables>;
type Body = z.output<typeof HolidayCalendarBody>;
const maxCalendars = 50;

/** An organization's own days off. */
export function createCalendars(
  { clock }: Pick<Platform, 'clock'>,
  db: Database<SchedulesTables>,
  audit: AuditService,
) {
  async function record(
    tx: Tx,
    scope: TenantScope,
    acting: Acting,
    change: string,
    calendar: { id: string; name: string; dates: number },
  ): Promise<void> {
    await audit.record(tx, {
      organizationId: scope.organizationId,
      action: `schedule_calendar.${change}`,
      outcome: 'success',
      ...acting,
      target: { type: 'schedule_calendar', id: calendar.id, label: calendar.name },
      details: { dates: calendar.dates },
    });
  }

  async function users(tx: Tx): Promise<Map<string, number>> {
    const { rows } = await sql<{ ref: string; n: number }>`
      select ref, count(*)::int as n from schedules.schedule, unnest(holidays) as ref group by ref`.execute(
      tx,
    );
    return new Map(rows.map((row) => [row.ref, row.n]));
  }

  async function find(tx: Tx, calendarId: string) {
    const row = isId(calendarId)
      ? await tx.selectFrom('schedules.calendar').selectAll().where('id', '=', calendarId).executeTakeFirst()
      : undefined;
    if (row === undefined) throw notFound('The calendar');
    return row;
  }

  return {
    async list(scope: TenantScope): Promise<HolidayCalendar[]> {
      return db.inTenant(scope, async (tx) => {
        const rows = await tx
          .selectFrom('schedules.calendar')
          .selectAll()
          .orderBy('name')
          .limit(maxCalendars)
          .execute();
        const used = await users(tx);
        return rows.map(({ id, name, dates }) => ({ id, name, dates, usedBy: used.get(id) ?? 0 }));
      });
    },

    /** @throws AppError `already_exists`, `conflict` when there are too many */
    async create(scope: TenantScope, acting: Acting, body: Body): Promise<HolidayCalendar> {
      const dates = inOrder(body.dates);
      try {
        return await db.inTenant(scope, async (tx) => {
          const { n } = await tx
            .selectFrom('schedules.calendar')
            .select((eb) => eb.fn.countAll<string>().as('n'))
            .executeTakeFirstOrThrow();
          if (Number(n) >= maxCalendars)
            throw new AppError('conflict', `An organization has at most ${maxCalendars} calendars.`);
          const id = newId();
          await tx
            .insertInto('schedules.calendar')
            .values({
              organization_id: scope.organizationId,
              id,
              name: body.name,
              dates: JSON.stringify(dates),
              created_at: clock.now(),
            })
            .execute();
          await record(tx, scope, acting, 'created', { id, name: body.name, dates: dates.length });
          return { id, name: body.name, dates, usedBy: 0 };
        });
      } catch (error) {
        throw named(error);
      }
    },

    /** @throws AppError `not_found`, `already_exists` */
    async update(
      scope: TenantScope,
      acting: Acting,
      calendarId: string,
      body: Body,
    ): Promise<HolidayCalendar> {
      const dates = inOrder(body.dates);
      try {
        return await db.inTenant(scope, async (tx) => {
          const { id } = await find(tx, calendarId);
          await tx
            .updateTable('schedules.calendar')
            .set({ name: body.name, dates: JSON.stringify(dates) })
            .where('id', '=', id)
            .execute();
          await record(tx, scope, acting, 'changed', { id, name: body.name, dates: dates.length });
          return { id, name: body.name, dates, usedBy: (await users(tx)).get(id) ?? 0 };
        });
      } catch (error) {
        throw named(error);
      }
    },

    /** @throws AppError `not_found`, `conflict` while schedules keep to it */
    async remove(scope: TenantScope, acting: Acting, calendarId: string): Promise<void> {
      await db.inTenant(scope, async (tx) => {
        const row = await find(tx, calendarId);
        const used = (await users(tx)).get(row.id) ?? 0;
        if (used > 0)
          throw new AppError(
            'conflict',
            `${used} schedules keep to this calendar. Take it out of them first.`,
            {
              meta: { used },
            },
          );
        await tx.deleteFrom('schedules.calendar').where('id', '=', row.id).execute();
        await record(tx, scope, acting, 'removed', { id: row.id, name: row.name, dates: row.dates.length });
      });
    },
  };
}

export type Calendars = ReturnType<typeof createCalendars>;

/** By date, each once; of two names for a date the last counts. */
function inOrder(dates: Body['dates']): Body['dates'] {
  return [...new Map(dates.map((each) => [each.date, each])).values()].toSorted((a, b) =>
    a.date < b.date ? -1 : 1,
  );
}

function named(error: unknown): unknown {
  return violates(error, 'calendar_name')
    ? new AppError('already_exists', 'A calendar has this name.', { meta: { field: 'name' } })
    : error;
}
