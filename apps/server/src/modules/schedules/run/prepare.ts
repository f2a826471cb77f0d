import { includesFeature } from '@cloudatlas/contracts/plans';
import { maxRunTargets, type ScheduleSkipReason } from '@cloudatlas/contracts/schedules';
import { sql } from 'kysely';
import type { TenancyService } from '#modules/tenancy/index.ts';
import type { Clock } from '#platform/clock/clock.ts';
import type { Database } from '#platform/db/database.ts';
import type { TargetResource, Targets } from '../port.ts';
import type { WorkspaceRef } from '../scope-of.ts';
import type { KeepOnTable, RunRow, ScheduleRow, SchedulesTables } from '../tables.ts';
import { loadHolidays, type Holidays } from '../when/holidays.ts';
import { judge, stateDecides, type Verdict } from './judge.ts';

export type Standing = Awaited<ReturnType<TenancyService['standing']>>;
/** A claimed run with its schedule. */
export type Run = Pick<
  RunRow,
  | 'id'
  | 'schedule_id'
  | 'trigger'
  | 'operation'
  | 'due_at'
  | 'status'
  | 'started_at'
  | 'requested_by'
  | 'requested_by_label'
> & { schedule: ScheduleRow };

/** Everything that decides over a run and is the same for all of a job's runs. */
interface Circumstances {
  now: Date;
  standings: ReadonlyMap<string, Standing>;
  holidays: Holidays;
  keptOn: readonly KeepOnTable[];
}

/** A run with what it acts on; or the reason why it does not act at all. */
export type Prepared = { run: Run } & (
  | { skipped: ScheduleSkipReason; note: string | null }
  | { resources: { resource: TargetResource; verdict: Verdict }[]; truncated: boolean; keptOn: KeepOnTable[] }
);

/** Decides what runs act on, and what they leave alone. Asks providers; writes nothing but what it reads of resources. */
export function createPreparation(
  clock: Clock,
  db: Database<SchedulesTables>,
  targets: Targets,
  tenancy: TenancyService,
) {
  return async (scope: WorkspaceRef, runs: readonly Run[], signal: AbortSignal): Promise<Prepared[]> =>
    prepare(scope, runs, await look(scope, runs), signal);

  async function look(scope: WorkspaceRef, runs: readonly Run[]): Promise<Circumstances> {
    const now = clock.now();
    const standings = new Map<string, Standing>();
    for (const userId of new Set(runs.map(actsAs)))
      standings.set(userId, await tenancy.standing(scope, userId));
    return db.inTenant(scope, async (tx) => ({
      now,
      standings,
      holidays: await loadHolidays(
        tx,
        runs.map((run) => run.schedule.holidays),
      ),
      keptOn: await tx
        .selectFrom('schedules.keep_on')
        .selectAll()
        .where('workspace_id', '=', scope.workspaceId)
        .where('until', '>', now)
        .execute(),
    }));
  }

  async function prepare(
    scope: WorkspaceRef,
    runs: readonly Run[],
    circumstances: Circumstances,
    signal: AbortSignal,
  ): Promise<Prepared[]> {
    const acting: Run[] = [];
    const prepared: Prepared[] = [];
    for (const run of runs) {
      const stopped = whyNot(run, circumstances);
      if (stopped === null) acting.push(run);
      else prepared.push({ run, ...stopped });
    }
    const found = await findAll(scope, acting, signal);
    const before = await heldBefore(scope, acting);
    for (const run of acting) {
      const { resources: all, truncated } = found.get(run.id) ?? { resources: [], truncated: false };
      const late = before.get(run.id);
      // A held back stop is about what was held back, not about what was stopped or started by hand since.
      const resources = late === undefined ? all : all.filter((resource) => late.has(resource.id));
      const keptOn = heldBy(run, circumstances.keptOn);
      const held = new Set(
        keptOn.flatMap((one) =>
          one.schedule_id === run.schedule_id ? resources.map((resource) => resource.id) : one.resource_ids,
        ),
      );
      prepared.push({
        run,
        truncated,
        keptOn,
        resources: resources.map((resource) => ({
          resource,
          verdict:
            late?.get(resource.id) === true
              ? { outcome: 'skipped', reason: 'started_since' }
              : judge(resource, run.operation, held),
        })),
      });
    }
    return prepared;
  }

  /** Resources of runs, by the run's id; those whose state would keep a run from acting are read at the provider. */
  async function findAll(scope: WorkspaceRef, runs: readonly Run[], signal: AbortSignal) {
    const ids = [...new Set(runs.flatMap((run) => run.schedule.resource_ids))];
    const named = new Map<string, TargetResource>();
    for (let start = 0; start < ids.length; start += 1000)
      for (const resource of await targets.find(scope, { ids: ids.slice(start, start + 1000) }, 1000))
        named.set(resource.id, resource);
    const found = new Map<string, { resources: TargetResource[]; truncated: boolean }>();
    for (const run of runs) found.set(run.id, await resourcesOf(targets, scope, run.schedule, named));
    const doubtful = new Set(
      runs.flatMap((run) =>
        (found.get(run.id)?.resources ?? [])
          .filter((resource) => stateDecides(resource, run.operation))
          .map((resource) => resource.id),
      ),
    );
    const seen = new Map(
      (await targets.look(scope, [...doubtful], signal)).map((resource) => [resource.id, resource]),
    );
    for (const each of found.values())
      each.resources = each.resources.map((resource) => seen.get(resource.id) ?? resource);
    return found;
  }

  /** What held back stops were about, by run, and whether a schedule has started it since. */
  async function heldBefore(scope: WorkspaceRef, runs: readonly Run[]) {
    const late = runs.filter((run) => run.trigger === 'override_ended').map((run) => run.id);
    if (late.length === 0) return new Map<string, Map<string, boolean>>();
    const { rows } = await db.inTenant(scope, (tx) =>
      sql<{ run_id: string; resource_id: string; restarted: boolean }>`
        select late.id as run_id, target.resource_id, exists (
          select from schedules.run_target since
          join schedules.run started on started.organization_id = since.organization_id and started.id = since.run_id
          where since.organization_id = late.organization_id and since.resource_id = target.resource_id
            and since.outcome in ('ordered', 'done', 'already')
            and started.operation = 'start' and started.due_at > held.due_at
        ) as restarted
        from schedules.run late
        join lateral (
          select earlier.id, earlier.due_at from schedules.run earlier
          where earlier.organization_id = late.organization_id and earlier.schedule_id = late.schedule_id
            and earlier.due_at < late.due_at and exists (
              select from schedules.run_target one where one.organization_id = earlier.organization_id
                and one.run_id = earlier.id and one.reason = 'override')
          order by earlier.due_at desc limit 1
        ) held on true
        join schedules.run_target target on target.organization_id = late.organization_id
          and target.run_id = held.id and target.reason = 'override'
        where late.id = any(${late}::uuid[])`.execute(tx),
    );
    const held = new Map(late.map((id) => [id, new Map<string, boolean>()]));
    for (const row of rows) held.get(row.run_id)?.set(row.resource_id, row.restarted);
    return held;
  }
}

/** What a schedule acts on: what it names and what has its tags and knows its operation; each once, bounded. */
export async function resourcesOf(
  targets: Targets,
  scope: WorkspaceRef,
  wanted: Pick<ScheduleRow, 'resource_ids' | 'tags' | 'operation'>,
  named: ReadonlyMap<string, TargetResource>,
): Promise<{ resources: TargetResource[]; truncated: boolean }> {
  const resources = new Map<string, TargetResource>();
  for (const id of wanted.resource_ids) {
    const resource = named.get(id);
    if (resource !== undefined) resources.set(id, resource);
  }
  const tagged =
    wanted.tags.length === 0 ? [] : await targets.find(scope, { tags: wanted.tags }, maxRunTargets + 1);
  // Of what has the tags, disks and networks are no targets.
  for (const resource of tagged)
    if (resource.operations.some(({ id }) => id === wanted.operation)) resources.set(resource.id, resource);
  const all = [...resources.values()];
  return {
    resources: all.slice(0, maxRunTargets),
    truncated: all.length > maxRunTargets || tagged.length > maxRunTargets,
  };
}

/** Whose permission counts: of the person who asked for the run, else of the one who saved the schedule last. */
export function actsAs(run: Run): string {
  return run.requested_by ?? run.schedule.acts_as;
}

/** Why a run does not act at all; what a person must know of is a failure. */
function whyNot(
  run: Run,
  { standings, holidays }: Circumstances,
): { skipped: ScheduleSkipReason; note: string | null } | null {
  const standing = standings.get(actsAs(run));
  if (standing === null || standing === undefined || !standing.permissions.has('resources:operate'))
    return { skipped: 'permission', note: run.schedule.acts_as_label };
  if (!includesFeature(standing.plan, 'schedules')) return { skipped: 'plan', note: null };
  // A person who asks for it now means it.
  if (run.trigger === 'manual') return null;
  if (!run.schedule.enabled) return { skipped: 'disabled', note: null };
  // The day on which it was held back was none.
  if (run.trigger === 'override_ended') return null;
  const holiday = holidays.on(run.schedule.holidays, run.due_at, run.schedule.time_zone);
  return holiday === null ? null : { skipped: 'holiday', note: holiday };
}

/** What holds back this run's stops, longest first. */
function heldBy(run: Run, keptOn: readonly KeepOnTable[]): KeepOnTable[] {
  if (run.operation !== 'stop' || run.trigger === 'manual') return [];
  return keptOn.toSorted((a, b) => b.until.getTime() - a.until.getTime());
}
