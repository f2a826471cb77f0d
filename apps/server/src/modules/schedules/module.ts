import type { SchedulePairBody, UpcomingRun } from '@cloudatlas/contracts/schedules';
import { sql } from 'kysely';
import { z } from 'zod';
import type { AuditService } from '#modules/audit/index.ts';
import type { TenancyService } from '#modules/tenancy/index.ts';
import { ownTables, type AnyTenantTx } from '#platform/db/database.ts';
import { defineSubscriber } from '#platform/events/events.ts';
import { defineJob } from '#platform/jobs/jobs.ts';
import { defineModule } from '#platform/module.ts';
import { workflowFinished } from '#platform/workflow/finished.ts';
import { carryOutJob, settleJob, tickJob } from './jobs.ts';
import type { Acting, Saver } from './manage/acting.ts';
import { createCalendars } from './manage/calendars.ts';
import { createOutlook } from './manage/outlook.ts';
import { createOverrides } from './manage/overrides.ts';
import { createRuns } from './manage/runs.ts';
import { createSchedules } from './manage/schedules.ts';
import { countSchedules, createStore } from './manage/store.ts';
import { createTargetCheck } from './manage/targets.ts';
import type { Targets } from './port.ts';
import { calendarRoutes } from './routes/calendars.ts';
import { runRoutes } from './routes/runs.ts';
import { outlookRoutes, scheduleRoutes } from './routes/schedules.ts';
import { createCarryOut } from './run/carry-out.ts';
import { createClaim } from './run/claim.ts';
import { createFinish } from './run/finish.ts';
import { runGuard } from './run/guard.ts';
import { createSettle } from './run/settle.ts';
import type { WorkspaceRef } from './scope-of.ts';
import type { SchedulesTables } from './tables.ts';

export interface SchedulesNeeds {
  audit: AuditService;
  tenancy: TenancyService;
  targets: Targets;
}

/** What other modules may do with schedules. */
export interface SchedulesService {
  /**
   * Creates the schedules that start and stop the same resources, both or none, in the caller's transaction. The
   * caller vouches that the resources are the workspace's and know both operations.
   * @throws AppError `forbidden`, `limit_reached`, `already_exists` (a schedule has the name), `validation_failed`
   */
  createPair(
    tx: AnyTenantTx,
    scope: WorkspaceRef,
    saver: Saver,
    body: SchedulePairBody,
  ): Promise<{ pairId: string; startId: string; stopId: string }>;
  /** Removes what is left of a pair, with its history. @returns how many schedules there were */
  removePair(tx: AnyTenantTx, scope: WorkspaceRef, acting: Acting, pairId: string): Promise<number>;
  /** The next actions of a workspace, soonest first. */
  upcoming(scope: WorkspaceRef, limit: number): Promise<UpcomingRun[]>;
  /** Which of these resources an enabled schedule names or finds by its tags: schedule ids by resource id. */
  covering(
    scope: WorkspaceRef,
    resources: readonly { id: string; tags: Readonly<Record<string, string>> }[],
  ): Promise<Map<string, string[]>>;
}

/** Finished runs are kept for so long. */
const runsKeptDays = 400;
/** Time for several orders of a run to end before it is looked at. */
const settleDelayMs = 1000;

export const schedulesModule = defineModule<SchedulesNeeds, SchedulesService>({
  name: 'schedules',
  migrations: new URL('./migrations/', import.meta.url),
  build(platform, { audit, tenancy, targets }) {
    const { clock, events, jobs } = platform;
    const db = platform.db.withTables<SchedulesTables>();
    const store = createStore(platform, audit);
    const check = createTargetCheck(targets);
    const schedules = createSchedules(platform, db, store, check);
    const outlook = createOutlook(platform, db, check);
    const overrides = createOverrides(platform, db, store, check);
    const finish = createFinish(platform, db, audit);
    const claim = createClaim(platform, db);
    const carryOut = createCarryOut(platform, db, targets, tenancy, finish);
    const settle = createSettle(db, targets, finish);
    tenancy.addUsageCounter({ limit: 'schedules', count: countSchedules });
    tenancy.addDeletionGuard(runGuard);
    return {
      service: {
        async createPair(tx, scope, saver, body) {
          const { start, stop } = await schedules.insertPair(ownTables(tx), scope, saver, body);
          return { pairId: start.pair_id ?? '', startId: start.id, stopId: stop.id };
        },
        async removePair(tx, scope, acting, pairId) {
          const own = ownTables<SchedulesTables>(tx);
          const rows = await own
            .selectFrom('schedules.schedule')
            .select('id')
            .where('pair_id', '=', pairId)
            .where('workspace_id', '=', scope.workspaceId)
            .execute();
          for (const { id } of rows) await store.remove(own, scope, acting, id);
          return rows.length;
        },
        upcoming: (scope, limit) => outlook.upcoming(scope, limit),
        async covering(scope, resources) {
          const rows = await db.inTenant(scope, (tx) =>
            tx
              .selectFrom('schedules.schedule')
              .select(['id', 'resource_ids', 'tags'])
              .where('workspace_id', '=', scope.workspaceId)
              .where('enabled', '=', true)
              .execute(),
          );
          return coverage(rows, resources);
        },
      },
      routes: [
        ...scheduleRoutes(schedules),
        ...outlookRoutes(schedules, outlook, overrides, events),
        ...runRoutes(createRuns(platform, db, store, audit)),
        ...calendarRoutes(createCalendars(platform, db, audit)),
      ],
      subscribers: [
        // Orders are carried out by workflows; which one ended does not matter where runs wait for any.
        defineSubscriber({
          name: 'schedules.order_ended',
          event: workflowFinished,
          async handler({ organizationId }, tx) {
            if (organizationId === null || !(await settle.waits(ownTables(tx as AnyTenantTx)))) return;
            await jobs.enqueue(
              tx,
              settleJob,
              { organizationId },
              { runAt: new Date(clock.now().getTime() + settleDelayMs) },
            );
          },
        }),
      ],
      jobs: [
        defineJob({
          ...tickJob,
          cron: { expression: '* * * * *', payload: {} },
          async handler() {
            await claim.tick();
          },
        }),
        defineJob({
          ...carryOutJob,
          handler: ({ runIds, ...scope }, { signal }) => carryOut(scope, runIds, signal),
        }),
        defineJob({
          ...settleJob,
          handler: ({ organizationId }, { signal }) => settle.settle(organizationId, signal),
        }),
        defineJob({
          name: 'schedules.check_off_time',
          schema: z.object({}),
          cron: { expression: '11,41 * * * *', payload: {} },
          handler: () => settle.checkOffTime(),
        }),
        defineJob({
          name: 'schedules.forget_old_runs',
          schema: z.object({}),
          cron: { expression: '37 3 * * *', payload: {} },
          async handler() {
            const before = new Date(clock.now().getTime() - runsKeptDays * 86_400_000);
            await db.inSystem('forget old runs of schedules', (tx) =>
              sql`delete from schedules.run where finished_at < ${before}`.execute(tx),
            );
          },
        }),
      ],
    };
  },
});

function coverage(
  schedules: readonly {
    id: string;
    resource_ids: string[];
    tags: { key: string; value: string | null }[];
  }[],
  resources: readonly { id: string; tags: Readonly<Record<string, string>> }[],
): Map<string, string[]> {
  const named = new Map<string, string[]>();
  for (const { id, resource_ids } of schedules)
    for (const resourceId of resource_ids) named.set(resourceId, [...(named.get(resourceId) ?? []), id]);
  const byTags = schedules.filter(({ tags }) => tags.length > 0);
  const found = new Map<string, string[]>();
  for (const resource of resources) {
    const tagged = byTags.filter(({ tags }) =>
      tags.every(({ key, value }) => (value === null ? key in resource.tags : resource.tags[key] === value)),
    );
    const ids = new Set([...(named.get(resource.id) ?? []), ...tagged.map(({ id }) => id)]);
    if (ids.size > 0) found.set(resource.id, [...ids]);
  }
  return found;
}
