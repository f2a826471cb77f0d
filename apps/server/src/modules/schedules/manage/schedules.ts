import type {
  EnableScheduleBody,
  Schedule,
  ScheduleBody,
  ScheduleDetail,
  SchedulePairBody,
  SchedulePreview,
  SchedulePreviewBody,
  ScheduleQuery,
} from '@cloudatlas/contracts/schedules';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { Database, TenantTx } from '#platform/db/database.ts';
import { invalidField } from '#platform/errors/app-error.ts';
import { isId, newId } from '#platform/ids/ids.ts';
import type { Platform } from '#platform/module.ts';
import { decodeCursor, toPage } from '#platform/paging/cursor.ts';
import { savingsOf } from '../run/savings.ts';
import type { WorkspaceRef } from '../scope-of.ts';
import type { RunRow, ScheduleRow, SchedulesTables } from '../tables.ts';
import { daysOf } from '../when/days.ts';
import { loadHolidays } from '../when/holidays.ts';
import { nextOccurrence } from '../when/occurrences.ts';
import { rhythmOf } from '../when/rhythm-of.ts';
import { requireOperate, type Acting, type Saver } from './acting.ts';
import { bodyOf } from './columns.ts';
import { presentSchedule, upcoming, type Beside } from './present.ts';
import type { Store } from './store.ts';
import type { TargetCheck } from './targets.ts';

type Tx = TenantTx<SchedulesTables>;
const shownOccurrences = 5;

/** Schedules of a workspace as people make, see and change them. */
export function createSchedules(
  { clock }: Pick<Platform, 'clock'>,
  db: Database<SchedulesTables>,
  store: Store,
  check: TargetCheck,
) {
  /** What is shown beside rows; names come last because they are another module's. */
  async function beside(
    tx: Tx,
    rows: readonly ScheduleRow[],
  ): Promise<(row: ScheduleRow, names: ReadonlyMap<string, string>) => Beside> {
    const ids = rows.map((row) => row.id);
    const now = clock.now();
    const holidays = await loadHolidays(
      tx,
      rows.map((row) => row.holidays),
    );
    const runs = ids.length === 0 ? [] : await lastRuns(tx, ids, now);
    const keptOn =
      ids.length === 0
        ? []
        : await tx
            .selectFrom('schedules.keep_on')
            .selectAll()
            .where('schedule_id', 'in', ids)
            .where('until', '>', now)
            .execute();
    const savings = await savingsOf(tx, ids, now);
    return (row, names) => ({
      names: row.resource_ids.flatMap((id) => names.get(id) ?? []),
      lastRun: runs.find((run) => run.schedule_id === row.id),
      keepOn: keptOn.find((one) => one.schedule_id === row.id),
      savings: savings.get(row.id) ?? [],
      holidays,
    });
  }

  async function present(scope: WorkspaceRef, rows: readonly ScheduleRow[]): Promise<Schedule[]> {
    const of = await db.inTenant(scope, (tx) => beside(tx, rows));
    const names = await check.names(
      scope,
      rows.flatMap((row) => row.resource_ids.slice(0, 3)),
    );
    return rows.map((row) => presentSchedule(row, of(row, names), clock.now()));
  }

  async function presentOne(scope: WorkspaceRef, row: ScheduleRow): Promise<Schedule> {
    const [schedule] = await present(scope, [row]);
    if (schedule === undefined) throw new Error('A row gives a schedule.');
    return schedule;
  }

  function page(tx: Tx, scope: WorkspaceRef, query: Omit<ScheduleQuery, 'limit'>, limit: number) {
    let select = tx
      .selectFrom('schedules.schedule')
      .selectAll()
      .where('workspace_id', '=', scope.workspaceId)
      .orderBy('name')
      .orderBy('id')
      .limit(limit);
    if (query.operation !== undefined) select = select.where('operation', '=', query.operation);
    if (query.enabled !== undefined) select = select.where('enabled', '=', query.enabled);
    if (query.resourceId !== undefined)
      select = select.where(sql<boolean>`resource_ids @> array[${query.resourceId}::uuid]`);
    if (query.q !== undefined && query.q !== '')
      select = select.where(sql<boolean>`position(lower(${query.q}) in lower(name)) > 0`);
    if (query.cursor !== undefined) {
      const [name = '', id = ''] = decodeCursor(query.cursor, 2);
      if (!isId(id)) throw invalidField('query.cursor', 'is not a cursor of this list');
      select = select.where((eb) => eb(eb.refTuple('name', 'id'), '>', eb.tuple(name, id)));
    }
    return select.execute();
  }

  return {
    async list(scope: WorkspaceRef, query: ScheduleQuery) {
      const rows = await db.inTenant(scope, (tx) => page(tx, scope, query, query.limit + 1));
      const { items, nextCursor } = toPage(rows, query.limit, (row) => [row.name, row.id]);
      return { items: await present(scope, items), nextCursor };
    },

    async get(scope: WorkspaceRef, scheduleId: string): Promise<ScheduleDetail> {
      const { row, holidays } = await db.inTenant(scope, async (tx) => {
        const found = await store.find(tx, scope, scheduleId);
        return { row: found, holidays: await loadHolidays(tx, [found.holidays]) };
      });
      const { resources, truncated } = await check.resolve(scope, row);
      return {
        ...(await presentOne(scope, row)),
        occurrences: row.enabled ? upcoming(row, holidays, clock.now(), shownOccurrences) : [],
        resources,
        truncated,
      };
    },

    async create(scope: WorkspaceRef, saver: Saver, body: ScheduleBody): Promise<Schedule> {
      await check.check(scope, body);
      const [row] = await db.inTenant(scope, (tx) => store.insert(tx, scope, saver, [body], null));
      if (row === undefined) throw new Error('One body gives one schedule.');
      return presentOne(scope, row);
    },

    async createPair(scope: WorkspaceRef, saver: Saver, body: SchedulePairBody) {
      for (const half of halvesOf(body)) await check.check(scope, half);
      const { start, stop } = await db.inTenant(scope, (tx) => insertPair(tx, scope, saver, body));
      return { start: await presentOne(scope, start), stop: await presentOne(scope, stop) };
    },

    insertPair,

    async update(
      scope: WorkspaceRef,
      saver: Saver,
      scheduleId: string,
      body: ScheduleBody,
    ): Promise<Schedule> {
      await check.check(scope, body);
      const row = await db.inTenant(scope, (tx) => store.update(tx, scope, saver, scheduleId, body));
      return presentOne(scope, row);
    },

    /** Switching on begins with the next occurrence: what was missed meanwhile is not made up for. */
    async enable(
      scope: WorkspaceRef,
      saver: Saver,
      scheduleId: string,
      { enabled }: z.output<typeof EnableScheduleBody>,
    ): Promise<Schedule> {
      if (enabled) requireOperate(saver);
      const row = await db.inTenant(scope, async (tx) => {
        const before = await store.find(tx, scope, scheduleId);
        if (before.enabled === enabled) return before;
        const now = clock.now();
        const after = await tx
          .updateTable('schedules.schedule')
          .set({
            enabled,
            next_run_at: enabled ? nextOccurrence(rhythmOf(before), now) : null,
            updated_at: now,
            ...(enabled ? { acts_as: saver.userId, acts_as_label: saver.actor.label } : {}),
          })
          .where('id', '=', before.id)
          .returningAll()
          .executeTakeFirstOrThrow();
        await store.announce(tx, after, actingOf(saver), enabled ? 'enabled' : 'disabled');
        return after;
      });
      return presentOne(scope, row);
    },

    async duplicate(scope: WorkspaceRef, saver: Saver, scheduleId: string, name: string): Promise<Schedule> {
      const [row] = await db.inTenant(scope, async (tx) => {
        const body = bodyOf(await store.find(tx, scope, scheduleId));
        // Two that act at once on the same resources is never what is meant: the copy waits to be changed.
        return store.insert(tx, scope, saver, [{ ...body, name, enabled: false }], null);
      });
      if (row === undefined) throw new Error('One body gives one schedule.');
      return presentOne(scope, row);
    },

    remove: (scope: WorkspaceRef, acting: Acting, scheduleId: string) =>
      db.inTenant(scope, (tx) => store.remove(tx, scope, acting, scheduleId)),

    async preview(
      scope: WorkspaceRef,
      body: z.output<typeof SchedulePreviewBody>,
    ): Promise<z.input<typeof SchedulePreview>> {
      const holidays = await db.inTenant(scope, (tx) => loadHolidays(tx, [body.holidays]));
      const timed = {
        days: daysOf(body.recurrence),
        at_time: body.time,
        time_zone: body.timeZone,
        valid_from: body.validFrom,
        valid_until: body.validUntil,
        holidays: body.holidays,
      };
      const { resources, truncated } = await check.resolve(scope, {
        resource_ids: body.targets.resourceIds,
        tags: body.targets.tags,
        operation: body.operation,
      });
      return {
        occurrences: upcoming(timed, holidays, clock.now(), shownOccurrences),
        resources,
        truncated,
      };
    },

    /** All schedules of a workspace, page by page, for an export. */
    async *all(scope: WorkspaceRef, query: Omit<ScheduleQuery, 'limit' | 'cursor'>): AsyncIterable<Schedule> {
      let after: string | undefined;
      do {
        const { items, nextCursor } = await this.list(scope, { ...query, cursor: after, limit: 200 });
        yield* items;
        after = nextCursor ?? undefined;
      } while (after !== undefined);
    },
  };

  /** Both halves or none. The caller has checked the resources. */
  async function insertPair(
    tx: Tx,
    scope: WorkspaceRef,
    saver: Saver,
    body: SchedulePairBody,
  ): Promise<{ start: ScheduleRow; stop: ScheduleRow }> {
    const [start, stop] = await store.insert(tx, scope, saver, halvesOf(body), newId());
    if (start === undefined || stop === undefined) throw new Error('A pair has two halves.');
    return { start, stop };
  }
}

export type Schedules = ReturnType<typeof createSchedules>;

/** The start keeps the holidays; the stop does not need them, because what is off already is left alone. */
function halvesOf({ start, stop, holidays, ...common }: SchedulePairBody): [ScheduleBody, ScheduleBody] {
  return [
    { ...common, ...start, operation: 'start', parameters: {}, holidays },
    { ...common, ...stop, operation: 'stop', parameters: {}, holidays: [] },
  ];
}

function actingOf({ actor, ip, requestId }: Saver): Acting {
  return { actor, ip: ip ?? null, requestId: requestId ?? null };
}

/** The latest run of each schedule that is due, whatever came of it. */
async function lastRuns(
  tx: Tx,
  ids: readonly string[],
  now: Date,
): Promise<Pick<RunRow, 'id' | 'schedule_id' | 'status' | 'reason' | 'due_at'>[]> {
  const { rows } = await sql<Pick<RunRow, 'id' | 'schedule_id' | 'status' | 'reason' | 'due_at'>>`
    select run.id, run.schedule_id, run.status, run.reason, run.due_at
    from unnest(${[...ids]}::uuid[]) as schedule (id)
    cross join lateral (
      select * from schedules.run where run.schedule_id = schedule.id and run.due_at <= ${now}
        and run.organization_id = platform.current_organization()
      order by run.due_at desc, run.id desc limit 1
    ) as run`.execute(tx);
  return rows;
}
