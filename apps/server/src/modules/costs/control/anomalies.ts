import type { AnomalyQuery, CostAnomaly, MarkAnomalyBody } from '@cloudatlas/contracts/cost-control';
import type { CostFilter } from '@cloudatlas/contracts/costs';
import { includesFeature } from '@cloudatlas/contracts/plans';
import type { Selectable } from 'kysely';
import { setImmediate } from 'node:timers/promises';
import type { z } from 'zod';
import type { AuditService } from '#modules/audit/index.ts';
import { lockOrganization } from '#modules/tenancy/index.ts';
import type { Database } from '#platform/db/database.ts';
import { invalidField, notFound } from '#platform/errors/app-error.ts';
import { isId, newId } from '#platform/ids/ids.ts';
import type { Platform } from '#platform/module.ts';
import { decodeCursor, toPage } from '#platform/paging/cursor.ts';
import { detectBaseline, detectSeasonal, type Anomaly } from '../anomaly/detect.ts';
import { rootCause } from '../anomaly/rootCause.ts';
import type { DailySeries } from '../forecast/series.ts';
import type { Acting } from '../imports/imports.ts';
import { fromUnits, roundDecimal, toUnits } from '../lake/money.ts';
import { addDays, daysBetween } from '../query/question.ts';
import type { Questions } from '../questions/questions.ts';
import type { WorkspaceRef } from '../scope-of.ts';
import type { Data, Freshness } from '../store/data.ts';
import { asked } from '../store/errors.ts';
import type { AnomalyTable, CostsTables } from '../tables.ts';
import type { Alerts } from './alerts.ts';

type Row = Selectable<AnomalyTable>;
type SeriesKey = Pick<Row, 'provider' | 'account_id' | 'service' | 'region' | 'currency'>;
type Found = Anomaly & { method: Row['method'] };

/** Days of the past a series is judged by, and days back that are still news. */
const historyDays = 120;
const newsDays = 16;
/** Series below this many units of currency in all are not looked at. */
const minSeriesTotal = 10;
const maxSeries = 5000;
/** An anomaly of at least so many units of currency is worth a mail. */
const mailFrom = 50;

/** Days that do not fit, by service, account and region. */
export function createAnomalies(
  platform: Pick<Platform, 'clock'>,
  db: Database<CostsTables>,
  data: Data,
  questions: Questions,
  alerts: Alerts,
  audit: AuditService,
) {
  const { clock } = platform;

  async function find(scope: WorkspaceRef, anomalyId: string): Promise<Row> {
    const row = isId(anomalyId)
      ? await db.inTenant(scope, (tx) =>
          tx
            .selectFrom('costs.anomaly')
            .selectAll()
            .where('id', '=', anomalyId)
            .where('workspace_id', '=', scope.workspaceId)
            .executeTakeFirst(),
        )
      : undefined;
    if (row === undefined) throw notFound('The anomaly');
    return row;
  }

  /**
   * Daily series from the roll-up, the dearest first. A day without a row, while the workspace has data, cost nothing; but
   * days after the last that the billing account delivered are unknown: where a provider or a connection fails for some
   * days, nothing has dropped.
   */
  async function series(
    scope: WorkspaceRef,
    through: string,
  ): Promise<{ key: SeriesKey; series: DailySeries }[]> {
    const from = addDays(through, -historyDays + 1);
    const delivered = await db.inTenant(scope, (tx) =>
      tx
        .selectFrom('costs.partition')
        .select('billing_account_id')
        .select((eb) => eb.fn.max('last_day').as('last'))
        .where('workspace_id', '=', scope.workspaceId)
        .groupBy('billing_account_id')
        .execute(),
    );
    const lastOf = new Map(delivered.map((row) => [row.billing_account_id, row.last]));
    const rows = await db.inTenant(scope, (tx) =>
      tx
        .selectFrom('costs.daily')
        .select(['provider', 'account_id', 'service', 'region', 'currency', 'day'])
        .select((eb) => eb.fn.sum<string>('billed').as('billed'))
        .select((eb) => eb.fn.max('billing_account_id').as('billing_account_id'))
        .where('workspace_id', '=', scope.workspaceId)
        .where('charge_category', '=', 'Usage')
        .where('day', '>=', from)
        .where('day', '<=', through)
        .groupBy(['provider', 'account_id', 'service', 'region', 'currency', 'day'])
        .execute(),
    );
    const days = new Set(rows.map((row) => row.day));
    const groups = Map.groupBy(rows, (row) =>
      JSON.stringify([row.provider, row.account_id, row.service, row.region, row.currency]),
    );
    return [...groups.values()]
      .map((group) => ({ group, total: group.reduce((sum, row) => sum + Math.abs(Number(row.billed)), 0) }))
      .filter(({ total }) => total >= minSeriesTotal)
      .toSorted((a, b) => b.total - a.total)
      .slice(0, maxSeries)
      .map(({ group }) => {
        const last = group
          .map((row) => lastOf.get(row.billing_account_id) ?? through)
          .reduce((a, b) => (a > b ? a : b));
        const amounts = new Map(group.map((row) => [row.day, Number(row.billed)]));
        const values = Array.from({ length: daysBetween(from, through) + 1 }, (_, i) => {
          const day = addDays(from, i);
          return amounts.get(day) ?? (days.has(day) && day <= last ? 0 : null);
        });
        const start = values.findIndex((value) => value !== null);
        const { provider, account_id, service, region, currency } = group[0] as (typeof group)[number];
        return {
          key: { provider, account_id, service, region, currency },
          series: { start: addDays(from, Math.max(0, start)), values: values.slice(Math.max(0, start)) },
        };
      });
  }

  return {
    async detect(
      scope: WorkspaceRef,
      fresh: Freshness,
      recipients: Awaited<ReturnType<Alerts['recipients']>>,
      signal: AbortSignal,
    ): Promise<void> {
      const through = fresh.completeThrough;
      if (through === null) return;
      const plan = await db.inTenant(scope, (tx) => lockOrganization(tx as never));
      if (!includesFeature(plan, 'anomalies')) return;
      // Counted from today: while a year of past bills comes in, each month's end is no news.
      const since = addDays(fresh.today, -newsDays);
      if (through <= since) return;
      const labelOf = await questions.labels(scope);
      for (const { key, series: values } of await series(scope, through)) {
        signal.throwIfAborted();
        // Thousands of series take a while; others want the processor too.
        await setImmediate();
        for (const found of judge(values))
          if (found.day > since)
            await this.keep(
              scope,
              key,
              labelOf('account', key.account_id) ?? key.account_id,
              found,
              recipients,
            );
      }
    },

    /** Writes an anomaly once and tells of it. One of a series whose like was marked as expected lately is no news. */
    async keep(
      scope: WorkspaceRef,
      key: SeriesKey,
      accountName: string,
      found: Found,
      recipients: Awaited<ReturnType<Alerts['recipients']>>,
    ): Promise<void> {
      const text = (value: number): string => roundDecimal(value.toFixed(6), 4);
      await db.inTenant(scope, async (tx) => {
        // Late costs can move the day on which the same thing is seen to begin.
        const same = await tx
          .selectFrom('costs.anomaly')
          .select('id')
          .where('workspace_id', '=', scope.workspaceId)
          .where((eb) =>
            eb.and(Object.entries(key).map(([column, value]) => eb(column as keyof SeriesKey, '=', value))),
          )
          .where('kind', '=', found.kind)
          .where('day', '>=', addDays(found.day, -1))
          .where('day', '<=', addDays(found.day, 1))
          .executeTakeFirst();
        if (same !== undefined) return;
        const like = await tx
          .selectFrom('costs.anomaly')
          .select('id')
          .where('workspace_id', '=', scope.workspaceId)
          .where((eb) =>
            eb.and(Object.entries(key).map(([column, value]) => eb(column as keyof SeriesKey, '=', value))),
          )
          .where('status', '=', 'expected')
          .where('kind', '=', found.kind)
          .where('day', '>=', addDays(found.day, -30))
          // About as far off, or farther: a spike as high, a drop as deep.
          .where(
            'actual',
            found.kind === 'drop' ? '<=' : '>=',
            text(found.actual * (found.kind === 'drop' ? 1.25 : 0.8)),
          )
          .executeTakeFirst();
        const row = await tx
          .insertInto('costs.anomaly')
          .values({
            organization_id: scope.organizationId,
            id: newId(),
            workspace_id: scope.workspaceId,
            ...key,
            day: found.day,
            kind: found.kind,
            actual: text(found.actual),
            expected: text(found.expected),
            score: found.score,
            method: found.method,
            status: like === undefined ? 'open' : 'expected',
            note: null,
            marked_by: null,
            detected_at: clock.now(),
          })
          .onConflict((conflict) => conflict.constraint('anomaly_day').doNothing())
          .returningAll()
          .executeTakeFirst();
        if (row === undefined || row.status === 'expected') return;
        await alerts.raise(
          tx,
          scope,
          {
            kind: 'anomaly',
            severity: found.kind === 'drop' ? 'info' : 'warning',
            sourceId: row.id,
            sourceName: key.service === '' ? accountName : key.service,
            facts: {
              service: key.service,
              account: accountName,
              accountId: key.account_id,
              region: key.region,
              day: row.day,
              actual: row.actual,
              expected: row.expected,
              direction: row.kind,
            },
            currency: key.currency,
            periodStart: row.day,
            dedupeKey: row.day,
          },
          Math.abs(found.impact) >= mailFrom && found.kind !== 'drop' ? recipients : [],
        );
      });
    },

    async list(scope: WorkspaceRef, query: z.output<typeof AnomalyQuery>) {
      const rows = await db.inTenant(scope, (tx) => {
        let select = tx
          .selectFrom('costs.anomaly')
          .selectAll()
          .where('workspace_id', '=', scope.workspaceId)
          .orderBy('day', 'desc')
          .orderBy('id')
          .limit(query.limit + 1);
        if (query.status !== undefined) select = select.where('status', '=', query.status);
        if (query.from !== undefined) select = select.where('day', '>=', query.from);
        if (query.cursor !== undefined) {
          const [day = '', id = ''] = decodeCursor(query.cursor, 2);
          if (!isId(id) || !/^\d{4}-\d\d-\d\d$/.test(day) || Number.isNaN(Date.parse(day)))
            throw invalidField('query.cursor', 'is not a cursor of this list');
          select = select.where((eb) =>
            eb.or([eb('day', '<', day), eb.and([eb('day', '=', day), eb('id', '>', id)])]),
          );
        }
        return select.execute();
      });
      const labelOf = await questions.labels(scope);
      const { items, nextCursor } = toPage(rows, query.limit, (row) => [row.day, row.id]);
      return { items: items.map((row) => present(row, labelOf('account', row.account_id))), nextCursor };
    },

    async get(scope: WorkspaceRef, anomalyId: string, signal: AbortSignal) {
      const row = await find(scope, anomalyId);
      const labelOf = await questions.labels(scope);
      const filters = filtersOf(row);
      const { store } = await data.lake.forPages();
      const around = await questions.answer(
        scope,
        {
          period: { from: addDays(row.day, -42), to: addDays(row.day, 15) },
          grain: 'day',
          metric: 'billed',
          groupBy: [],
          filters,
          top: 1,
        },
        signal,
      );
      const causes = await asked(() =>
        rootCause(store, data.manifest(scope), {
          organizationId: scope.organizationId,
          day: row.day,
          scope: filters,
        }),
      );
      const cause = causes.find((one) => one.currency === row.currency);
      return {
        ...present(row, labelOf('account', row.account_id)),
        series: (around.totals.find((total) => total.currency === row.currency)?.series ?? []).map(
          ({ bucket, amount }) => ({ day: bucket, amount }),
        ),
        causes: (cause?.dimensions ?? []).map(({ dimension, explained, top }) => ({
          dimension,
          explained,
          top: top.map(({ key, actual, usual, change, share, isNew }) => ({
            key,
            actual,
            usual,
            change,
            share,
            isNew,
          })),
        })),
      };
    },

    async mark(
      scope: WorkspaceRef,
      acting: Acting,
      anomalyId: string,
      body: z.output<typeof MarkAnomalyBody>,
    ): Promise<CostAnomaly> {
      const { id } = await find(scope, anomalyId);
      const labelOf = await questions.labels(scope);
      return db.inTenant(scope, async (tx) => {
        const row = await tx
          .updateTable('costs.anomaly')
          .set({
            status: body.status,
            note: body.note ?? null,
            marked_by: body.status === 'expected' ? acting.actor.label : null,
          })
          .where('id', '=', id)
          .returningAll()
          .executeTakeFirst();
        if (row === undefined) throw notFound('The anomaly');
        await audit.record(tx, {
          organizationId: scope.organizationId,
          action: body.status === 'expected' ? 'cost_anomaly.expected' : 'cost_anomaly.reopened',
          outcome: 'success',
          ...acting,
          workspaceId: scope.workspaceId,
          target: { type: 'cost_anomaly', id, label: `${row.service} ${row.day}` },
          details: { note: body.note ?? null },
        });
        return present(row, labelOf('account', row.account_id));
      });
    },
  };
}

export type Anomalies = ReturnType<typeof createAnomalies>;

/** Both methods on one series; a day that both find is told once. The series ends on the last complete day. */
export function judge(series: DailySeries): Found[] {
  const seasonal = detectSeasonal(series, { delayDays: 0 });
  const baseline = detectBaseline(series, { delayDays: 0 });
  const near = (a: Anomaly, b: Anomaly): boolean => Math.abs(a.index - b.index) <= 1;
  return [
    ...seasonal.map((found) => ({
      ...found,
      method: baseline.some((other) => near(found, other)) ? ('both' as const) : ('seasonal' as const),
    })),
    ...baseline
      .filter((found) => !seasonal.some((other) => near(found, other)))
      .map((found) => ({ ...found, method: 'baseline' as const })),
  ];
}

function filtersOf(row: Row): CostFilter[] {
  const one = (dimension: CostFilter['dimension'], value: string): CostFilter => ({
    dimension,
    values: [value === '' ? null : value],
    exclude: false,
  });
  return [
    one('provider', row.provider),
    one('account', row.account_id),
    one('service', row.service),
    one('region', row.region),
    one('chargeCategory', 'Usage'),
  ];
}

function present(row: Row, accountLabel: string | null): CostAnomaly {
  const orNull = (text: string): string | null => (text === '' ? null : text);
  return {
    id: row.id,
    service: orNull(row.service),
    accountId: orNull(row.account_id),
    accountLabel,
    region: orNull(row.region),
    provider: orNull(row.provider),
    currency: row.currency,
    day: row.day,
    kind: row.kind,
    actual: row.actual,
    expected: row.expected,
    impact: fromUnits(toUnits(row.actual) - toUnits(row.expected)),
    score: row.score,
    method: row.method,
    status: row.status,
    note: row.note,
    markedBy: row.marked_by,
    detectedAt: row.detected_at.toISOString(),
  };
}
