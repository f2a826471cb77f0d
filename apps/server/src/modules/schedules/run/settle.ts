import { sql } from 'kysely';
import type { Database, TenantTx } from '#platform/db/database.ts';
import type { Targets } from '../port.ts';
import type { Outcome, SchedulesTables } from '../tables.ts';
import type { Finish } from './finish.ts';
import { endOffTime, noteOffTime } from './savings.ts';

/** Orders whose ends are asked for at once. */
const batch = 500;

interface Waiting {
  run_id: string;
  resource_id: string;
  order_id: string;
  workspace_id: string;
  schedule_id: string;
  operation: string;
  hourly_amount: string | null;
  currency: string | null;
}

interface Ended {
  target: Waiting;
  outcome: Outcome;
  reason: string | null;
  message: string | null;
  at: Date | null;
}

/** Takes over how orders ended into the targets of runs. Doing it twice changes nothing. */
export function createSettle(db: Database<SchedulesTables>, targets: Targets, finish: Finish) {
  async function waitingAfter(organizationId: string, after: Waiting | undefined): Promise<Waiting[]> {
    return db.inTenant({ organizationId }, async (tx) => {
      const { rows } = await sql<Waiting>`
        select target.run_id, target.resource_id, target.order_id, target.hourly_amount, target.currency,
          run.workspace_id, run.schedule_id, run.operation
        from schedules.run_target target
        join schedules.run on run.organization_id = target.organization_id and run.id = target.run_id
        where target.outcome = 'ordered' and target.order_id is not null
          and (${after?.run_id ?? null}::uuid is null
            or (target.run_id, target.resource_id) > (${after?.run_id ?? null}::uuid, ${after?.resource_id ?? null}::uuid))
        order by target.run_id, target.resource_id limit ${batch}`.execute(tx);
      return rows;
    });
  }

  async function settleSome(organizationId: string, workspaceId: string, waiting: Waiting[]): Promise<void> {
    const scope = { organizationId, workspaceId };
    const outcomes = new Map(
      (
        await targets.outcomes(
          scope,
          waiting.map((target) => target.order_id),
        )
      ).map((outcome) => [outcome.orderId, outcome]),
    );
    const ended = waiting.flatMap((target): Ended[] => {
      const order = outcomes.get(target.order_id);
      if (order?.status === 'pending' || order?.status === 'running') return [];
      // It went with its account.
      if (order === undefined)
        return [{ target, outcome: 'skipped', reason: 'gone', message: null, at: null }];
      const done = order.already ? 'already' : 'done';
      const outcome = order.status === 'done' ? done : 'failed';
      return [{ target, outcome, reason: null, message: order.message, at: order.finishedAt }];
    });
    if (ended.length === 0) return;
    await db.inTenant(scope, async (tx) => {
      const { rows } = await sql<{ run_id: string; resource_id: string }>`
        update schedules.run_target as target
        set outcome = ended.outcome, reason = ended.reason, message = ended.message,
          finished_at = coalesce(ended.at, now())
        from unnest(
          ${ended.map((each) => each.target.run_id)}::uuid[],
          ${ended.map((each) => each.target.resource_id)}::uuid[],
          ${ended.map((each) => each.outcome)}::text[], ${ended.map((each) => each.reason)}::text[],
          ${ended.map((each) => each.message)}::text[], ${ended.map((each) => each.at)}::timestamptz[]
        ) as ended (run_id, resource_id, outcome, reason, message, at)
        where target.run_id = ended.run_id and target.resource_id = ended.resource_id
          and target.outcome = 'ordered'
        returning target.run_id, target.resource_id`.execute(tx);
      const taken = new Set(rows.map((row) => `${row.run_id} ${row.resource_id}`));
      await noteOffTime(
        tx,
        scope,
        ended.flatMap(({ target, outcome, at }) =>
          at !== null &&
          (outcome === 'done' || outcome === 'already') &&
          taken.has(`${target.run_id} ${target.resource_id}`)
            ? [
                {
                  resourceId: target.resource_id,
                  scheduleId: target.schedule_id,
                  operation: target.operation,
                  already: outcome === 'already',
                  at,
                  price:
                    target.hourly_amount === null || target.currency === null
                      ? null
                      : { amount: target.hourly_amount, currency: target.currency },
                },
              ]
            : [],
        ),
      );
    });
    await finish(scope, [...new Set(ended.map(({ target }) => target.run_id))]);
  }

  return {
    /** Looks at every order that an organization's runs wait for. */
    async settle(organizationId: string, signal: AbortSignal): Promise<void> {
      let last: Waiting | undefined;
      do {
        signal.throwIfAborted();
        const waiting = await waitingAfter(organizationId, last);
        for (const [workspaceId, part] of Map.groupBy(waiting, (target) => target.workspace_id))
          await settleSome(organizationId, workspaceId, part);
        last = waiting.length < batch ? undefined : waiting.at(-1);
      } while (last !== undefined);
      // A run that was killed between its last target and its end.
      const { rows } = await db.inTenant({ organizationId }, (tx) =>
        sql<{ id: string; workspace_id: string }>`
          select id, workspace_id from schedules.run where status = 'running' and not exists (
            select from schedules.run_target target where target.organization_id = run.organization_id
              and target.run_id = run.id and target.outcome in ('pending', 'ordered')) limit ${batch}`.execute(
          tx,
        ),
      );
      for (const [workspaceId, part] of Map.groupBy(rows, (row) => row.workspace_id))
        await finish(
          { organizationId, workspaceId },
          part.map((row) => row.id),
        );
    },

    /** Whether the runs of the transaction's organization wait for orders. */
    async waits(tx: TenantTx<SchedulesTables>): Promise<boolean> {
      const row = await tx
        .selectFrom('schedules.run_target')
        .select('run_id')
        .where('outcome', '=', 'ordered')
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },

    /** Ends the off time of resources that somebody else turned on. */
    async checkOffTime(): Promise<void> {
      const open = await db.inSystem('list resources that schedules keep off', (tx) =>
        tx
          .selectFrom('schedules.off_period')
          .select(['organization_id', 'workspace_id', 'resource_id'])
          .where('to_at', 'is', null)
          .execute(),
      );
      const byWorkspace = Map.groupBy(open, (row) => `${row.organization_id} ${row.workspace_id}`);
      for (const group of byWorkspace.values()) {
        for (let start = 0; start < group.length; start += batch) {
          const part = group.slice(start, start + batch);
          const { organization_id: organizationId = '', workspace_id: workspaceId = '' } = part[0] ?? {};
          const scope = { organizationId, workspaceId };
          const ids = part.map((row) => row.resource_id);
          const resources = await targets.find(scope, { ids }, ids.length);
          await db.inTenant(scope, (tx) => endOffTime(tx, resources));
        }
      }
    },
  };
}
