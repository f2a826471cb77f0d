import { sql } from 'kysely';
import type { AuditService } from '#modules/audit/index.ts';
import type { Database, TenantTx } from '#platform/db/database.ts';
import type { Platform } from '#platform/module.ts';
import { scheduleRunFailed, scheduleRunFinished } from '../events.ts';
import type { WorkspaceRef } from '../scope-of.ts';
import type { Outcome, RunRow, ScheduleRow, SchedulesTables } from '../tables.ts';
import { isFailure, statusOf, type Verdict } from './judge.ts';

type Tx = TenantTx<SchedulesTables>;
type Open = Pick<RunRow, 'id' | 'schedule_id' | 'trigger' | 'operation' | 'due_at' | 'reason'> &
  Pick<ScheduleRow, 'name' | 'acts_as' | 'acts_as_label'> & { requested_by_label: string | null };
export type Finish = (scope: WorkspaceRef, runIds: readonly string[]) => Promise<void>;

/** Ends runs of which no target is open any more: status, audit entry, event; each once. */
export function createFinish(
  platform: Pick<Platform, 'clock' | 'events'>,
  db: Database<SchedulesTables>,
  audit: AuditService,
): Finish {
  const { clock, events } = platform;

  async function end(tx: Tx, scope: WorkspaceRef, run: Open, targets: readonly Verdict[]): Promise<void> {
    const { status, reason } =
      targets.length === 0 && run.reason !== null
        ? ({
            status: isFailure({ outcome: 'skipped', reason: run.reason }) ? 'failed' : 'skipped',
            reason: run.reason,
          } as const)
        : statusOf(targets);
    const now = clock.now();
    const ended = await tx
      .updateTable('schedules.run')
      .set({ status, reason, finished_at: now })
      .where('id', '=', run.id)
      .where('status', '=', 'running')
      .returning('id')
      .executeTakeFirst();
    if (ended === undefined) return;
    const count = (...outcomes: Outcome[]) =>
      targets.filter(({ outcome }) => outcomes.includes(outcome)).length;
    const counts = {
      done: count('done', 'already'),
      failed: count('failed'),
      skipped: count('skipped'),
    };
    await audit.record(tx, {
      organizationId: scope.organizationId,
      action: 'schedule.run',
      outcome: status === 'failed' || status === 'partial' ? 'failure' : 'success',
      actor:
        run.requested_by_label === null
          ? { kind: 'system', id: null, label: `Schedule “${run.name}”` }
          : { kind: 'user', id: run.acts_as, label: run.requested_by_label },
      workspaceId: scope.workspaceId,
      target: { type: 'schedule', id: run.schedule_id, label: run.name },
      details: {
        runId: run.id,
        operation: run.operation,
        trigger: run.trigger,
        dueAt: run.due_at.toISOString(),
        status,
        ...(reason === null ? {} : { reason }),
        ...counts,
      },
    });
    const payload = {
      organizationId: scope.organizationId,
      workspaceId: scope.workspaceId,
      scheduleId: run.schedule_id,
      scheduleName: run.name,
      runId: run.id,
      operation: run.operation,
      dueAt: run.due_at.toISOString(),
      reason,
      ...counts,
    };
    if (status === 'failed' || status === 'partial')
      await events.publish(tx, scheduleRunFailed, { ...payload, status });
    else await events.publish(tx, scheduleRunFinished, { ...payload, status });
  }

  return async (scope, runIds) => {
    if (runIds.length === 0) return;
    await db.inTenant(scope, async (tx) => {
      const { rows: runs } = await sql<Open>`
        select run.id, run.schedule_id, run.trigger, run.operation, run.due_at, run.reason, run.requested_by_label,
          schedule.name, coalesce(run.requested_by, schedule.acts_as) as acts_as, schedule.acts_as_label
        from schedules.run
        join schedules.schedule on schedule.organization_id = run.organization_id and schedule.id = run.schedule_id
        where run.id = any(${[...runIds]}::uuid[]) and run.status = 'running' and not exists (
          select from schedules.run_target target where target.organization_id = run.organization_id
            and target.run_id = run.id and target.outcome in ('pending', 'ordered'))
        order by run.id for update of run`.execute(tx);
      if (runs.length === 0) return;
      const targets = await tx
        .selectFrom('schedules.run_target')
        .select(['run_id', 'outcome', 'reason'])
        .where(
          'run_id',
          'in',
          runs.map((run) => run.id),
        )
        .execute();
      const byRun = Map.groupBy(targets, (target) => target.run_id);
      for (const run of runs) await end(tx, scope, run, byRun.get(run.id) ?? []);
      await events.live.publish(tx, {
        organizationId: scope.organizationId,
        topic: 'schedules.run',
        data: { workspaceId: scope.workspaceId },
      });
    });
  };
}
