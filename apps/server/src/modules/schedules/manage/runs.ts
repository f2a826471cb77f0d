import type { ScheduleRun, ScheduleRunDetail, ScheduleRunQuery } from '@cloudatlas/contracts/schedules';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { AuditService } from '#modules/audit/index.ts';
import type { Database, TenantTx } from '#platform/db/database.ts';
import { AppError, invalidField, notFound } from '#platform/errors/app-error.ts';
import { isId, newId } from '#platform/ids/ids.ts';
import type { Platform } from '#platform/module.ts';
import { decodeCursor, toPage } from '#platform/paging/cursor.ts';
import { carryOutJob } from '../jobs.ts';
import type { WorkspaceRef } from '../scope-of.ts';
import type { SchedulesTables } from '../tables.ts';
import { requireOperate, type Saver } from './acting.ts';
import { presentRun } from './present.ts';
import type { Store } from './store.ts';

type Tx = TenantTx<SchedulesTables>;

/** Runs of schedules as people see them, and runs on demand. */
export function createRuns(
  platform: Pick<Platform, 'clock' | 'jobs' | 'events'>,
  db: Database<SchedulesTables>,
  store: Store,
  audit: AuditService,
) {
  const { clock, jobs, events } = platform;

  async function counts(tx: Tx, runIds: readonly string[]): Promise<Map<string, ScheduleRun['counts']>> {
    if (runIds.length === 0) return new Map();
    const { rows } = await sql<ScheduleRun['counts'] & { run_id: string }>`
      select run_id, count(*)::int as total,
        (count(*) filter (where outcome in ('pending', 'ordered')))::int as open,
        (count(*) filter (where outcome = 'done'))::int as done,
        (count(*) filter (where outcome = 'already'))::int as already,
        (count(*) filter (where outcome = 'failed'))::int as failed,
        (count(*) filter (where outcome = 'skipped'))::int as skipped
      from schedules.run_target where run_id = any(${[...runIds]}::uuid[]) group by run_id`.execute(tx);
    return new Map(rows.map(({ run_id, ...each }) => [run_id, each]));
  }

  async function find(tx: Tx, scope: WorkspaceRef, runId: string) {
    const row = isId(runId)
      ? await tx
          .selectFrom('schedules.run')
          .selectAll()
          .where('id', '=', runId)
          .where('workspace_id', '=', scope.workspaceId)
          .executeTakeFirst()
      : undefined;
    if (row === undefined) throw notFound('The run');
    return row;
  }

  return {
    /** Newest first; a stop that is held back for later stands on top. */
    async list(scope: WorkspaceRef, scheduleId: string, query: z.output<typeof ScheduleRunQuery>) {
      return db.inTenant(scope, async (tx) => {
        const schedule = await store.find(tx, scope, scheduleId);
        let select = tx
          .selectFrom('schedules.run')
          .selectAll()
          .where('schedule_id', '=', schedule.id)
          .orderBy('due_at', 'desc')
          .orderBy('id', 'desc')
          .limit(query.limit + 1);
        if (query.status !== undefined) select = select.where('status', '=', query.status);
        if (query.cursor !== undefined) {
          const [at = '', id = ''] = decodeCursor(query.cursor, 2);
          if (!isId(id) || Number.isNaN(Date.parse(at)))
            throw invalidField('query.cursor', 'is not a cursor of this list');
          select = select.where((eb) => eb(eb.refTuple('due_at', 'id'), '<', eb.tuple(new Date(at), id)));
        }
        const { items, nextCursor } = toPage(await select.execute(), query.limit, (row) => [
          row.due_at.toISOString(),
          row.id,
        ]);
        const of = await counts(
          tx,
          items.map((row) => row.id),
        );
        return { items: items.map((row) => presentRun(row, of.get(row.id))), nextCursor };
      });
    },

    async get(scope: WorkspaceRef, runId: string): Promise<ScheduleRunDetail> {
      return db.inTenant(scope, async (tx) => {
        const row = await find(tx, scope, runId);
        const schedule = await store.find(tx, scope, row.schedule_id);
        const targets = await tx
          .selectFrom('schedules.run_target')
          .selectAll()
          .where('run_id', '=', row.id)
          .orderBy('name')
          .orderBy('resource_id')
          .execute();
        return {
          ...presentRun(row, (await counts(tx, [row.id])).get(row.id)),
          scheduleName: schedule.name,
          timeZone: schedule.time_zone,
          targets: targets.map((target) => ({
            resourceId: target.resource_id,
            name: target.name,
            type: target.type,
            outcome: target.outcome,
            reason: target.reason,
            message: target.message,
            orderId: target.order_id,
            finishedAt: target.finished_at?.toISOString() ?? null,
          })),
        };
      });
    },

    /** Runs a schedule now, whatever its days, holidays and overrides say. @throws AppError `conflict` while a run is open */
    async runNow(scope: WorkspaceRef, saver: Saver, scheduleId: string): Promise<ScheduleRun> {
      requireOperate(saver);
      return db.inTenant(scope, async (tx) => {
        const schedule = await store.find(tx, scope, scheduleId);
        // Two people at once: the second waits here and then sees the first one's run.
        await tx
          .selectFrom('schedules.schedule')
          .select('id')
          .where('id', '=', schedule.id)
          .forUpdate()
          .execute();
        const now = clock.now();
        const open = await tx
          .selectFrom('schedules.run')
          .select('id')
          .where('schedule_id', '=', schedule.id)
          .where('status', 'in', ['pending', 'running'])
          .where('due_at', '<=', now)
          .executeTakeFirst();
        if (open !== undefined)
          throw new AppError('conflict', 'A run of this schedule is under way.', {
            meta: { runId: open.id },
          });
        const row = await tx
          .insertInto('schedules.run')
          .values({
            organization_id: scope.organizationId,
            id: newId(),
            workspace_id: scope.workspaceId,
            schedule_id: schedule.id,
            trigger: 'manual',
            operation: schedule.operation,
            due_at: now,
            status: 'pending',
            reason: null,
            note: null,
            enqueued_at: now,
            started_at: null,
            finished_at: null,
            requested_by: saver.userId,
            requested_by_label: saver.actor.label,
          })
          .returningAll()
          .executeTakeFirstOrThrow();
        await jobs.enqueue(tx, carryOutJob, { ...scope, runIds: [row.id] });
        await audit.record(tx, {
          organizationId: scope.organizationId,
          action: 'schedule.run_requested',
          outcome: 'success',
          actor: saver.actor,
          ip: saver.ip ?? null,
          requestId: saver.requestId ?? null,
          workspaceId: scope.workspaceId,
          target: { type: 'schedule', id: schedule.id, label: schedule.name },
          details: { runId: row.id, operation: schedule.operation },
        });
        await events.live.publish(tx, {
          organizationId: scope.organizationId,
          topic: 'schedules.run',
          data: { workspaceId: scope.workspaceId },
        });
        return presentRun(row, undefined);
      });
    },
  };
}

export type Runs = ReturnType<typeof createRuns>;
