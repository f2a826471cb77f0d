import type { ScheduleSkipReason } from '@cloudatlas/contracts/schedules';
import { sql } from 'kysely';
import type { TenancyService } from '#modules/tenancy/index.ts';
import type { Database, TenantTx } from '#platform/db/database.ts';
import { newId } from '#platform/ids/ids.ts';
import type { Platform } from '#platform/module.ts';
import { carryOutJob } from '../jobs.ts';
import type { TargetResource, Targets } from '../port.ts';
import type { WorkspaceRef } from '../scope-of.ts';
import type { RunTargetTable, SchedulesTables } from '../tables.ts';
import type { Finish } from './finish.ts';
import { judge, refusal, type Verdict } from './judge.ts';
import { actsAs, createPreparation, type Prepared, type Run, type Standing } from './prepare.ts';
import { hourlyPrice } from './savings.ts';

type Tx = TenantTx<SchedulesTables>;
/** Orders that one transaction places. */
const ordersAtOnce = 200;
/** A resource that is busy or between two states is tried again for so long. */
const patienceMs = 15 * 60_000;
const tryAgainMs = 60_000;
/** What passes: another order ends, a start completes. */
const passing: ReadonlySet<ScheduleSkipReason | null> = new Set(['busy', 'state']);

/**
 * Carries out claimed runs of one workspace: finds the resources, leaves alone what must be, orders the rest from the
 * inventory. Every order's key is made of run and resource, so doing this again after a kill orders nothing twice.
 */
export function createCarryOut(
  platform: Pick<Platform, 'clock' | 'jobs'>,
  db: Database<SchedulesTables>,
  targets: Targets,
  tenancy: TenancyService,
  finish: Finish,
) {
  const { clock, jobs } = platform;
  const prepare = createPreparation(clock, db, targets, tenancy);

  return async function carryOut(
    scope: WorkspaceRef,
    runIds: readonly string[],
    signal: AbortSignal,
  ): Promise<void> {
    const runs = await loadRuns(scope, runIds);
    if (runs.length === 0) return;
    const fresh = runs.filter((run) => run.status === 'pending');
    if (fresh.length > 0) {
      const prepared = await prepare(scope, fresh, signal);
      await db.inTenant(scope, (tx) => begin(tx, scope, prepared, clock.now()));
    }
    await order(scope, runs, signal);
    await finish(scope, runIds);
  };

  async function loadRuns(scope: WorkspaceRef, runIds: readonly string[]): Promise<Run[]> {
    return db.inTenant(scope, async (tx) => {
      const runs = await tx
        .selectFrom('schedules.run')
        .select([
          'id',
          'schedule_id',
          'trigger',
          'operation',
          'due_at',
          'status',
          'started_at',
          'requested_by',
          'requested_by_label',
        ])
        .where('id', 'in', [...runIds])
        .where('workspace_id', '=', scope.workspaceId)
        .where('status', 'in', ['pending', 'running'])
        .execute();
      if (runs.length === 0) return [];
      const schedules = await tx
        .selectFrom('schedules.schedule')
        .selectAll()
        .where(
          'id',
          'in',
          runs.map((run) => run.schedule_id),
        )
        .execute();
      const byId = new Map(schedules.map((schedule) => [schedule.id, schedule]));
      return runs.flatMap((run) => {
        const schedule = byId.get(run.schedule_id);
        return schedule === undefined ? [] : [{ ...run, schedule }];
      });
    });
  }

  /** Writes what was decided. Of two workers with the same run the second changes nothing. */
  async function begin(tx: Tx, scope: WorkspaceRef, prepared: readonly Prepared[], now: Date): Promise<void> {
    const rows: RunTargetTable[] = [];
    for (const one of prepared) {
      const { run } = one;
      if ('skipped' in one) {
        await tx
          .updateTable('schedules.run')
          .set({ status: 'running', reason: one.skipped, note: one.note, started_at: now })
          .where('id', '=', run.id)
          .where('status', '=', 'pending')
          .execute();
        continue;
      }
      for (const { resource, verdict } of one.resources)
        rows.push(targetRow(scope, run, resource, verdict, now));
      await deferStops(tx, scope, one, now);
    }
    if (rows.length > 0) await insertTargets(tx, rows);
    const acting = prepared.filter((one) => !('skipped' in one));
    if (acting.length === 0) return;
    await tx
      .updateTable('schedules.run')
      .set({ status: 'running', started_at: now })
      .where(
        'id',
        'in',
        acting.map(({ run }) => run.id),
      )
      .where('status', '=', 'pending')
      .execute();
    const truncated = acting.filter((one) => !('skipped' in one) && one.truncated).map(({ run }) => run.id);
    if (truncated.length > 0)
      await tx.updateTable('schedules.run').set({ truncated: true }).where('id', 'in', truncated).execute();
  }

  /** Orders what is pending; what is busy is tried again until patience ends. */
  async function order(scope: WorkspaceRef, runs: readonly Run[], signal: AbortSignal): Promise<void> {
    const byId = new Map(runs.map((run) => [run.id, run]));
    const open = await db.inTenant(scope, (tx) =>
      tx
        .selectFrom('schedules.run_target')
        .select(['run_id', 'resource_id', 'reason'])
        .where('run_id', 'in', [...byId.keys()])
        .where('outcome', '=', 'pending')
        .orderBy('resource_id')
        .execute(),
    );
    const waited = open.filter(({ reason }) => reason !== null).map(({ resource_id }) => resource_id);
    const seen = new Map(
      (await targets.look(scope, [...new Set(waited)], signal)).map((resource) => [resource.id, resource]),
    );
    const again = new Set<string>();
    for (let start = 0; start < open.length; start += ordersAtOnce) {
      signal.throwIfAborted();
      const part = open.slice(start, start + ordersAtOnce).flatMap(({ run_id, resource_id }) => {
        const run = byId.get(run_id);
        return run === undefined ? [] : [{ run, resourceId: resource_id, seen: seen.get(resource_id) }];
      });
      const changes = await orderPart(scope, part);
      for (const change of changes) if (change.outcome === 'pending') again.add(change.run_id);
      await db.inTenant(scope, (tx) => writeAnswers(tx, changes, clock.now()));
    }
    if (again.size > 0)
      await db.inTenant(scope, (tx) =>
        jobs.enqueue(
          tx,
          carryOutJob,
          { ...scope, runIds: [...again] },
          { runAt: new Date(clock.now().getTime() + tryAgainMs) },
        ),
      );
  }

  /** @returns what came of the targets; `pending` for what is to be tried again */
  async function orderPart(scope: WorkspaceRef, part: readonly Wanted[]): Promise<Change[]> {
    const standings = new Map<string, Standing>();
    for (const userId of new Set(part.map(({ run }) => actsAs(run))))
      standings.set(userId, await tenancy.standing(scope, userId));
    // What it waited for may have been the very thing it wants.
    const settled = part.map((one) => settledMeanwhile(one));
    const wanted = part.filter((_one, index) => settled[index] === null);
    const answers = await targets.order(
      scope,
      wanted.map(({ run, resourceId }) => ({
        resourceId,
        operation: run.operation,
        parameters: run.schedule.parameters,
        key: `schedule-${run.id}-${resourceId}`,
        by: {
          actor: { kind: 'user', id: actsAs(run), label: labelOf(run) },
          userId: actsAs(run),
          permissions: standings.get(actsAs(run))?.permissions ?? new Set(),
        },
      })),
    );
    const now = clock.now();
    const answerTo = new Map(wanted.map((one, index) => [one, answers[index]]));
    return part.map((one, index) => {
      const { run, resourceId } = one;
      const change = { run_id: run.id, resource_id: resourceId, message: null, order_id: null };
      const done = settled[index];
      if (done !== null && done !== undefined) return { ...change, ...done };
      const answer = answerTo.get(one) ?? { refused: 'not_found', message: null };
      if ('orderId' in answer)
        return { ...change, outcome: 'ordered' as const, reason: null, order_id: answer.orderId };
      const verdict = refusal(answer.refused);
      const since = run.started_at ?? now;
      if (passing.has(verdict.reason) && now.getTime() - since.getTime() < patienceMs)
        return { ...change, outcome: 'pending' as const, reason: verdict.reason };
      return { ...change, ...verdict, message: answer.message };
    });
  }
}

interface Wanted {
  run: Run;
  resourceId: string;
  /** The resource as it is now, when it was tried before. */
  seen: TargetResource | undefined;
}

type Change = Verdict & {
  run_id: string;
  resource_id: string;
  message: string | null;
  order_id: string | null;
};

function settledMeanwhile({ run, seen }: Wanted): Verdict | null {
  const verdict = seen === undefined ? null : judge(seen, run.operation, new Set());
  return verdict === null || verdict.outcome === 'pending' ? null : verdict;
}

function labelOf(run: Run): string {
  return `${run.requested_by_label ?? run.schedule.acts_as_label} (schedule “${run.schedule.name}”)`;
}

/** A stop that was held back has its turn when the override ends. */
async function deferStops(
  tx: Tx,
  scope: WorkspaceRef,
  one: Extract<Prepared, { resources: unknown }>,
  now: Date,
): Promise<void> {
  const { run, resources, keptOn } = one;
  const held = resources
    .filter(({ verdict }) => verdict.reason === 'override')
    .map(({ resource }) => resource.id);
  const last = keptOn.find(
    (each) => each.schedule_id === run.schedule_id || held.some((id) => each.resource_ids.includes(id)),
  );
  if (held.length === 0 || last === undefined || last.until <= now) return;
  await tx
    .insertInto('schedules.run')
    .values({
      organization_id: scope.organizationId,
      id: newId(),
      workspace_id: scope.workspaceId,
      schedule_id: run.schedule_id,
      trigger: 'override_ended',
      operation: run.operation,
      due_at: last.until,
      status: 'pending',
      reason: null,
      note: last.created_by_label,
      enqueued_at: null,
      started_at: null,
      finished_at: null,
      requested_by: null,
      requested_by_label: null,
    })
    .onConflict((conflict) => conflict.constraint('run_once').doNothing())
    .execute();
}

function targetRow(
  scope: WorkspaceRef,
  run: Run,
  resource: TargetResource,
  verdict: Verdict,
  now: Date,
): RunTargetTable {
  const price = hourlyPrice(resource.monthly);
  return {
    organization_id: scope.organizationId,
    run_id: run.id,
    resource_id: resource.id,
    name: resource.name,
    type: resource.type,
    ...verdict,
    message: null,
    order_id: null,
    hourly_amount: price?.amount ?? null,
    currency: price?.currency ?? null,
    finished_at: verdict.outcome === 'pending' ? null : now,
  };
}

async function insertTargets(tx: Tx, rows: readonly RunTargetTable[]): Promise<void> {
  for (let start = 0; start < rows.length; start += 1000)
    await tx
      .insertInto('schedules.run_target')
      .values(rows.slice(start, start + 1000))
      .onConflict((conflict) => conflict.columns(['organization_id', 'run_id', 'resource_id']).doNothing())
      .execute();
}

async function writeAnswers(tx: Tx, changes: readonly Change[], now: Date): Promise<void> {
  await sql`
    update schedules.run_target as target
    set outcome = answer.outcome, reason = answer.reason, message = answer.message, order_id = answer.order_id,
      finished_at = case when answer.outcome in ('pending', 'ordered') then null else ${now}::timestamptz end
    from unnest(
      ${changes.map((each) => each.run_id)}::uuid[], ${changes.map((each) => each.resource_id)}::uuid[],
      ${changes.map((each) => each.outcome)}::text[], ${changes.map((each) => each.reason)}::text[],
      ${changes.map((each) => each.message)}::text[], ${changes.map((each) => each.order_id)}::uuid[]
    ) as answer (run_id, resource_id, outcome, reason, message, order_id)
    where target.run_id = answer.run_id and target.resource_id = answer.resource_id
      and target.outcome = 'pending'`.execute(tx);
}
