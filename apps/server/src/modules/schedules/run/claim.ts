import { sql } from 'kysely';
import type { Database, SystemTx } from '#platform/db/database.ts';
import { newId } from '#platform/ids/ids.ts';
import type { Platform } from '#platform/module.ts';
import { carryOutJob, settleJob, tickJob } from '../jobs.ts';
import type { RunTable, ScheduleRow, SchedulesTables } from '../tables.ts';
import { latestOccurrence, nextOccurrence, occurrencesDue } from '../when/occurrences.ts';
import { rhythmOf } from '../when/rhythm-of.ts';

type Tx = SystemTx<SchedulesTables>;
type NewRun = Pick<RunTable, 'status' | 'reason'> & { due_at: Date };

/** Schedules that one transaction claims. */
const claimBatch = 500;
/** Runs that one job carries out. */
const runsPerJob = 50;
/** A run that is started within this time is not late: ticks and queues take their turn. */
const graceMs = 5 * 60_000;
/** Of a long pause the latest missed occurrences are written down; older ones are not worth a row each. */
const missedKept = 30;
/** A run that is still open so long after its job was asked for is asked for again. */
const lostAfterMs = 5 * 60_000;
/** The clock ticks every minute; what is due before the next but one tick gets a tick of its own. */
const foresightMs = 90_000;

/** The columns that decide when a schedule runs. */
const claimColumns = [
  'organization_id',
  'id',
  'workspace_id',
  'pair_id',
  'operation',
  'days',
  'at_time',
  'time_zone',
  'valid_from',
  'valid_until',
  'missed_policy',
  'missed_within',
  'next_run_at',
  'updated_at',
] as const;
type Claimable = Pick<ScheduleRow, (typeof claimColumns)[number]>;

/** Finds what is due, over all organizations. Any number of workers may tick at once. */
export function createClaim(platform: Pick<Platform, 'clock' | 'jobs'>, db: Database<SchedulesTables>) {
  const { clock, jobs } = platform;

  /** Claims one batch: rows that another worker has locked are its own. @returns how many schedules were due */
  async function claimBatchOf(tx: Tx, now: Date): Promise<number> {
    const due = await tx
      .selectFrom('schedules.schedule')
      .select(claimColumns)
      .where('enabled', '=', true)
      .where('next_run_at', '<=', now)
      .orderBy('next_run_at')
      .limit(claimBatch)
      .forUpdate()
      .skipLocked()
      .execute();
    if (due.length === 0) return 0;
    const partners = await partnersOf(tx, due);
    const runs: (NewRun & { schedule: Claimable })[] = [];
    const next: (Date | null)[] = [];
    for (const schedule of due) {
      runs.push(...decide(schedule, partners.get(schedule.id), now).map((run) => ({ ...run, schedule })));
      next.push(nextOccurrence(rhythmOf(schedule), now));
    }
    const started = await insertRuns(tx, runs, now);
    await sql`
      update schedules.schedule as schedule set next_run_at = due.next
      from unnest(
        ${due.map((row) => row.organization_id)}::uuid[], ${due.map((row) => row.id)}::uuid[],
        ${next}::timestamptz[]
      ) as due (organization_id, id, next)
      where schedule.organization_id = due.organization_id and schedule.id = due.id`.execute(tx);
    await enqueue(tx, started);
    return due.length;
  }

  /** @returns those that are to be carried out; one that is there already is left to whoever wrote it */
  async function insertRuns(tx: Tx, runs: readonly (NewRun & { schedule: Claimable })[], now: Date) {
    if (runs.length === 0) return [];
    const rows = await tx
      .insertInto('schedules.run')
      .values(
        runs.map(({ schedule, due_at, status, reason }) => ({
          organization_id: schedule.organization_id,
          id: newId(),
          workspace_id: schedule.workspace_id,
          schedule_id: schedule.id,
          trigger: 'schedule' as const,
          operation: schedule.operation,
          due_at,
          status,
          reason,
          note: null,
          enqueued_at: status === 'pending' ? now : null,
          started_at: null,
          finished_at: status === 'skipped' ? now : null,
          requested_by: null,
          requested_by_label: null,
        })),
      )
      .onConflict((conflict) => conflict.constraint('run_once').doNothing())
      .returning(['organization_id', 'workspace_id', 'id', 'status'])
      .execute();
    return rows.filter((row) => row.status === 'pending');
  }

  async function enqueue(
    tx: Tx,
    runs: readonly { organization_id: string; workspace_id: string; id: string }[],
  ): Promise<void> {
    const byWorkspace = Map.groupBy(runs, (run) => `${run.organization_id} ${run.workspace_id}`);
    for (const group of byWorkspace.values()) {
      for (let start = 0; start < group.length; start += runsPerJob) {
        const part = group.slice(start, start + runsPerJob);
        const { organization_id: organizationId = '', workspace_id: workspaceId = '' } = part[0] ?? {};
        await jobs.enqueue(tx, carryOutJob, {
          organizationId,
          workspaceId,
          runIds: part.map((run) => run.id),
        });
      }
    }
  }

  /** Held back stops whose time has come, and runs whose job was lost. */
  async function resume(tx: Tx, now: Date): Promise<void> {
    const lost = new Date(now.getTime() - lostAfterMs);
    const rows = await tx
      .updateTable('schedules.run')
      .set({ enqueued_at: now })
      // By the whole key: no index begins with the id alone.
      .where((eb) =>
        eb(
          eb.refTuple('organization_id', 'id'),
          'in',
          eb
            .selectFrom('schedules.run')
            .select(['organization_id', 'id'])
            .where('due_at', '<=', now)
            .where((or) =>
              or.or([
                or.and([
                  or('status', '=', 'pending'),
                  or.or([or('enqueued_at', 'is', null), or('enqueued_at', '<', lost)]),
                ]),
                // Its orders are placed or not: carrying it out again places what is missing.
                or.and([
                  or('status', '=', 'running'),
                  or('enqueued_at', '<', lost),
                  or.exists(
                    or
                      .selectFrom('schedules.run_target as target')
                      .whereRef('target.organization_id', '=', 'schedules.run.organization_id')
                      .whereRef('target.run_id', '=', 'schedules.run.id')
                      .where('target.outcome', '=', 'pending')
                      .select('target.run_id'),
                  ),
                ]),
              ]),
            )
            .orderBy('due_at')
            .limit(claimBatch)
            .forUpdate()
            .skipLocked()
            .$asTuple('organization_id', 'id'),
        ),
      )
      .returning(['organization_id', 'workspace_id', 'id'])
      .execute();
    await enqueue(tx, rows);
  }

  /** Has the organizations looked at in which a run waits for its orders; events do it sooner. */
  async function settleOpen(tx: Tx): Promise<void> {
    const rows = await tx
      .selectFrom('schedules.run')
      .select('organization_id')
      .distinct()
      .where('status', '=', 'running')
      .limit(claimBatch)
      .execute();
    for (const { organization_id: organizationId } of rows)
      await jobs.enqueue(tx, settleJob, { organizationId });
  }

  return {
    /** One tick. @returns how many schedules were due */
    async tick(): Promise<number> {
      const now = clock.now();
      let claimed = 0;
      for (let batch = claimBatch; batch === claimBatch; claimed += batch)
        batch = await db.inSystem('claim schedules that are due', (tx) => claimBatchOf(tx, now));
      await db.inSystem('carry on runs of schedules', async (tx) => {
        await resume(tx, now);
        await settleOpen(tx);
        const upcoming = await tx
          .selectFrom('schedules.schedule')
          .select((eb) => eb.fn.min('next_run_at').as('at'))
          .where('enabled', '=', true)
          .where('next_run_at', '>', now)
          .executeTakeFirst();
        if (upcoming?.at instanceof Date) await wake(tx, jobs, upcoming.at, now);
      });
      return claimed;
    },
  };
}

/** Asks for a tick at an instant that comes before the clock's own. */
export async function wake(
  tx: Parameters<Platform['jobs']['enqueue']>[0],
  jobs: Platform['jobs'],
  at: Date,
  now: Date,
): Promise<void> {
  const ahead = at.getTime() - now.getTime();
  if (ahead <= foresightMs)
    await jobs.enqueue(tx, tickJob, {}, { runAt: at, singletonKey: `at ${at.toISOString()}` });
}

/** What becomes of the occurrences of one schedule that are due: all but the last were missed. */
function decide(schedule: Claimable, partner: Claimable | undefined, now: Date): NewRun[] {
  const rhythm = rhythmOf(schedule);
  const due = occurrencesDue(rhythm, schedule.next_run_at ?? now, now, missedKept);
  const last = due.at(-1);
  if (last === undefined) return [];
  return [
    ...due.slice(0, -1).map((due_at) => ({ due_at, status: 'skipped' as const, reason: 'missed' as const })),
    { due_at: last, ...judgeLast(schedule, partner, last, now) },
  ];
}

function judgeLast(
  schedule: Claimable,
  partner: Claimable | undefined,
  last: Date,
  now: Date,
): Pick<NewRun, 'status' | 'reason'> {
  const lateMs = now.getTime() - last.getTime();
  if (lateMs <= graceMs) return { status: 'pending', reason: null };
  if (schedule.missed_policy === 'skip' || lateMs > schedule.missed_within * 60_000)
    return { status: 'skipped', reason: 'missed' };
  // The other half of the pair has had its turn since: carrying this one out now would fight it.
  if (partner !== undefined && latestOccurrence(rhythmOf(partner), last, now) !== null)
    return { status: 'skipped', reason: 'superseded' };
  return { status: 'pending', reason: null };
}

/** The enabled other halves of pairs, by the id of the half that asks. */
async function partnersOf(tx: Tx, due: readonly Claimable[]): Promise<Map<string, Claimable>> {
  const pairs = due.map((row) => row.pair_id).filter((id) => id !== null);
  if (pairs.length === 0) return new Map();
  const rows = await tx
    .selectFrom('schedules.schedule')
    .select(claimColumns)
    .where('pair_id', 'in', pairs)
    .where('enabled', '=', true)
    .execute();
  return new Map(
    due.flatMap((row) => {
      const partner = rows.find(
        (other) =>
          other.pair_id === row.pair_id &&
          other.organization_id === row.organization_id &&
          other.id !== row.id,
      );
      return row.pair_id === null || partner === undefined ? [] : [[row.id, partner]];
    }),
  );
}
