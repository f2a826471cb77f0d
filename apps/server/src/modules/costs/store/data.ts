import type { Rate } from '../query/question.ts';
import type { Database } from '#platform/db/database.ts';
import type { Platform } from '#platform/module.ts';
import { rollUpJob } from '../jobs.ts';
import type { WorkspaceRef } from '../scope-of.ts';
import type { CostsTables } from '../tables.ts';
import type { Lake } from './lake.ts';
import { PostgresManifest, type ManifestWork } from './postgres-manifest.ts';

/** What every question needs: the store, a workspace's manifest, its settings and the organization's rates. */
export interface Data {
  lake: Lake;
  manifest(scope: WorkspaceRef, work?: ManifestWork): PostgresManifest;
  /** Billing months that imports leave alone. */
  closedPeriods(scope: WorkspaceRef): Promise<string[]>;
  /** Dated rates into one currency. */
  ratesInto(scope: WorkspaceRef, target: string): Promise<Rate[]>;
  /** Last day of any cost, not after today; and the last one that is complete, because providers deliver late. */
  freshness(scope: WorkspaceRef): Promise<Freshness>;
}

export interface Freshness {
  today: string;
  firstDay: string | null;
  dataThrough: string | null;
  completeThrough: string | null;
}

/** Providers deliver within 24 to 36 hours (AWS Billing guide): the last two days still grow. */
const delayDays = 2;
const dayMs = 86_400_000;
const firstPeriod = { year: 2000, month: 1 };

export function createData(
  platform: Pick<Platform, 'clock' | 'jobs' | 'events'>,
  db: Database<CostsTables>,
  lake: Lake,
): Data {
  const { clock, jobs, events } = platform;
  const hooks = {
    async committed(tx: Parameters<typeof jobs.enqueue>[0], scope: WorkspaceRef): Promise<void> {
      await jobs.enqueue(tx, rollUpJob, {
        organizationId: scope.organizationId,
        workspaceId: scope.workspaceId,
      });
      await events.live.publish(tx, {
        organizationId: scope.organizationId,
        topic: 'costs.data',
        data: { workspaceId: scope.workspaceId },
      });
    },
  };
  return {
    lake,
    manifest: (scope, work) => new PostgresManifest(db, clock, scope, hooks, work),

    async closedPeriods(scope) {
      const row = await db.inTenant(scope, (tx) =>
        tx
          .selectFrom('costs.settings')
          .select('closed_through')
          .where('workspace_id', '=', scope.workspaceId)
          .executeTakeFirst(),
      );
      const last = row?.closed_through ?? null;
      return last === null ? [] : monthsThrough(last);
    },

    async ratesInto(scope, target) {
      const rows = await db.inTenant(scope, (tx) =>
        tx
          .selectFrom('costs.rate')
          .select(['from_currency', 'day', 'rate'])
          .where('to_currency', '=', target)
          .orderBy('day')
          .limit(20_000)
          .execute(),
      );
      return rows.map((row) => ({ from: row.from_currency, day: row.day, rate: row.rate }));
    },

    async freshness(scope) {
      const row = await db.inTenant(scope, (tx) =>
        tx
          .selectFrom('costs.partition')
          .select((eb) => [eb.fn.min('first_day').as('first'), eb.fn.max('last_day').as('last')])
          .where('workspace_id', '=', scope.workspaceId)
          .executeTakeFirst(),
      );
      const now = clock.now();
      const today = now.toISOString().slice(0, 10);
      const settled = new Date(now.getTime() - delayDays * dayMs).toISOString().slice(0, 10);
      const last = row?.last ?? null;
      const earlier = (a: string, b: string): string => (a < b ? a : b);
      return {
        today,
        firstDay: row?.first ?? null,
        dataThrough: last === null ? null : earlier(last, today),
        completeThrough: last === null ? null : earlier(last, settled),
      };
    },
  };
}

function monthsThrough(last: string): string[] {
  const months: string[] = [];
  for (let { year, month } = firstPeriod; ; month === 12 ? ((year += 1), (month = 1)) : (month += 1)) {
    const name = `${year}-${String(month).padStart(2, '0')}`;
    if (name > last || months.length > 1500) return months;
    months.push(name);
  }
}
