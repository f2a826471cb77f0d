import type { Statistic } from '@cloudatlas/cloud/observations';
import { sql } from 'kysely';
import type { Database, TenantScope } from '#platform/db/database.ts';
import type { FinopsTables } from '../tables.ts';
import { dayMs, dayText, decodeHours, encodeHours, maxDays, type HourSeries } from './profile.ts';
import type { WantedMetric } from './wanted.ts';

/** How far a stored series reaches. */
export interface Reach {
  resourceId: string;
  metric: string;
  statistic: Statistic;
  /** Midnights UTC, ms since 1970. */
  from: number;
  through: number;
}

export interface StoredSeries extends HourSeries {
  resourceId: string;
  metric: string;
  statistic: Statistic;
  unit: string;
}

const insertsPerStatement = 1000;
/** Profiles of resources that are gone or read by no rule any more. */
const forgottenAfterDays = 30;

export function createProfileStore(db: Database<FinopsTables>) {
  return {
    /** Which of the resources have every wanted series up to a midnight. */
    async complete(
      scope: TenantScope,
      resourceIds: readonly string[],
      wanted: readonly WantedMetric[],
      today: number,
    ): Promise<Set<string>> {
      const rows = await db.inTenant(scope, (tx) =>
        sql<{ id: string }>`
          select profile.resource_id as id
          from finops.metric_profile as profile
            join unnest(${wanted.map(({ metric }) => metric)}::text[], ${wanted.map(({ statistic }) => statistic)}::text[],
              ${wanted.map(({ days }) => days)}::integer[]) as wanted (metric, statistic, days)
              on wanted.metric = profile.metric and wanted.statistic = profile.statistic
                and octet_length(profile.hours) >= wanted.days * 96
          where profile.resource_id = any(${[...resourceIds]}::uuid[]) and profile.through >= ${dayText(today)}
          group by profile.resource_id
          having count(*) = ${wanted.length}`.execute(tx),
      );
      return new Set(rows.rows.map(({ id }) => id));
    },

    async reach(scope: TenantScope, resourceIds: readonly string[]): Promise<Reach[]> {
      const rows = await db.inTenant(scope, (tx) =>
        tx
          .selectFrom('finops.metric_profile')
          .select(['resource_id', 'metric', 'statistic', 'through'])
          .select(sql<number>`octet_length(hours) / 96`.as('days'))
          .where(sql<boolean>`resource_id = any(${[...resourceIds]}::uuid[])`)
          .execute(),
      );
      return rows.map((row) => {
        const through = Date.parse(row.through);
        return {
          resourceId: row.resource_id,
          metric: row.metric,
          statistic: row.statistic,
          through,
          from: through - row.days * dayMs,
        };
      });
    },

    /** @param metrics only these; all when absent */
    async read(
      scope: TenantScope,
      resourceIds: readonly string[],
      metrics?: readonly string[],
    ): Promise<StoredSeries[]> {
      if (resourceIds.length === 0) return [];
      const rows = await db.inTenant(scope, (tx) => {
        const select = tx
          .selectFrom('finops.metric_profile')
          .select(['resource_id', 'metric', 'statistic', 'unit', 'through', 'hours'])
          .where(sql<boolean>`resource_id = any(${[...resourceIds]}::uuid[])`);
        return (metrics === undefined ? select : select.where('metric', 'in', [...metrics])).execute();
      });
      return rows.map((row) => ({
        resourceId: row.resource_id,
        metric: row.metric,
        statistic: row.statistic,
        unit: row.unit,
        through: Date.parse(row.through),
        hours: decodeHours(row.hours),
      }));
    },

    async write(scope: TenantScope, accountId: string, series: readonly StoredSeries[]): Promise<void> {
      for (let start = 0; start < series.length; start += insertsPerStatement) {
        const part = series.slice(start, start + insertsPerStatement);
        await db.inTenant(scope, (tx) =>
          sql`
            insert into finops.metric_profile
              (organization_id, account_id, resource_id, metric, statistic, unit, through, hours)
            select ${scope.organizationId}, ${accountId}, series.*
            from unnest(${part.map((each) => each.resourceId)}::uuid[], ${part.map((each) => each.metric)}::text[],
              ${part.map((each) => each.statistic)}::text[], ${part.map((each) => each.unit)}::text[],
              ${part.map((each) => dayText(each.through))}::date[], ${part.map((each) => encodeHours(each.hours))}::bytea[])
              as series
            on conflict (organization_id, resource_id, metric, statistic) do update
              set unit = excluded.unit, through = excluded.through, hours = excluded.hours`.execute(tx),
        );
      }
    },

    /** Forgets series that nobody has asked for in a while. */
    async forget(now: Date): Promise<void> {
      const before = dayText(now.getTime() - (maxDays + forgottenAfterDays) * dayMs);
      await db.inSystem('forget metrics of what is gone', (tx) =>
        tx.deleteFrom('finops.metric_profile').where('through', '<', before).execute(),
      );
    },
  };
}

export type ProfileStore = ReturnType<typeof createProfileStore>;
