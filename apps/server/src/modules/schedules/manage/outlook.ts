import type { Timeline, TimelineQuery, UpcomingRun } from '@cloudatlas/contracts/schedules';
import type { z } from 'zod';
import type { Database } from '#platform/db/database.ts';
import { invalidField } from '#platform/errors/app-error.ts';
import type { Platform } from '#platform/module.ts';
import type { WorkspaceRef } from '../scope-of.ts';
import type { SchedulesTables } from '../tables.ts';
import { loadHolidays } from '../when/holidays.ts';
import { occurrencesAfter } from '../when/occurrences.ts';
import { rhythmOf } from '../when/rhythm-of.ts';
import { nextRun } from './present.ts';
import type { TargetCheck } from './targets.ts';

const longestMs = 16 * 86_400_000;
const shownSchedules = 500;
const shownNames = 3;
/** A workspace whose next schedules all fall on holidays needs more than are asked for. */
const spare = 50;

/** What is to come, over all schedules of a workspace. */
export function createOutlook(
  { clock }: Pick<Platform, 'clock'>,
  db: Database<SchedulesTables>,
  check: TargetCheck,
) {
  return {
    /** The next actions, soonest first, without those on holidays. */
    async upcoming(scope: WorkspaceRef, limit: number): Promise<UpcomingRun[]> {
      const now = clock.now();
      const { rows, holidays } = await db.inTenant(scope, async (tx) => {
        const found = await tx
          .selectFrom('schedules.schedule')
          .selectAll()
          .where('workspace_id', '=', scope.workspaceId)
          .where('enabled', '=', true)
          .where('next_run_at', 'is not', null)
          .orderBy('next_run_at')
          .orderBy('id')
          .limit(limit + spare)
          .execute();
        return {
          rows: found,
          holidays: await loadHolidays(
            tx,
            found.map((row) => row.holidays),
          ),
        };
      });
      const next = rows
        .flatMap((row) => {
          const moment = nextRun(row, holidays, now);
          return moment === null ? [] : [{ row, moment }];
        })
        .toSorted((a, b) => (a.moment.at < b.moment.at ? -1 : 1))
        .slice(0, limit);
      const names = await check.names(
        scope,
        next.flatMap(({ row }) => row.resource_ids.slice(0, shownNames)),
      );
      return next.map(({ row, moment }) => ({
        ...moment,
        scheduleId: row.id,
        name: row.name,
        operation: row.operation,
        timeZone: row.time_zone,
        targets: [
          ...row.resource_ids.flatMap((id) => names.get(id) ?? []).slice(0, shownNames),
          ...row.tags.map(({ key, value }) => (value === null ? key : `${key}=${value}`)),
        ],
      }));
    },

    /** Every occurrence of the enabled schedules between two instants. @throws AppError `validation_failed` */
    async timeline(
      scope: WorkspaceRef,
      query: z.output<typeof TimelineQuery>,
    ): Promise<z.input<typeof Timeline>> {
      const from = new Date(query.from);
      const to = new Date(query.to);
      if (to <= from || to.getTime() - from.getTime() > longestMs)
        throw invalidField('query.to', 'is not within 16 days after the beginning');
      const { rows, holidays } = await db.inTenant(scope, async (tx) => {
        const found = await tx
          .selectFrom('schedules.schedule')
          .selectAll()
          .where('workspace_id', '=', scope.workspaceId)
          .where('enabled', '=', true)
          .orderBy('name')
          .orderBy('id')
          .limit(shownSchedules + 1)
          .execute();
        return {
          rows: found,
          holidays: await loadHolidays(
            tx,
            found.map((row) => row.holidays),
          ),
        };
      });
      const items = rows.slice(0, shownSchedules).flatMap((row) => {
        const found = [];
        for (const at of occurrencesAfter(rhythmOf(row), new Date(from.getTime() - 1))) {
          if (at >= to) break;
          found.push({
            scheduleId: row.id,
            at: at.toISOString(),
            operation: row.operation,
            holiday: holidays.on(row.holidays, at, row.time_zone),
          });
        }
        return found;
      });
      return { items, truncated: rows.length > shownSchedules };
    },
  };
}

export type Outlook = ReturnType<typeof createOutlook>;
