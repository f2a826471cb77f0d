import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { invalidInput } from '../errors.ts';
import type { MetricDescriptor, MetricRequest, MetricSeries, Statistic } from '../observations.ts';
import type { ResourceRef } from '../resource.ts';
import { CLOUDWATCH } from './clients.ts';
import { mapLimited } from '../shared/concurrency.ts';
import type { AwsSession } from './session.ts';
import { METRICS, type MetricRow } from './metric-table.ts';

const ROWS = new Map(METRICS.map((row) => [`${row.type} ${row.id}`, row] as const));

export const METRIC_TYPES: readonly MetricDescriptor[] = METRICS.map(
  ({ id, type, label, unit, statistics }) => ({ id, type, label, unit, statistics }),
);

const STATISTICS: Readonly<Record<Statistic, string>> = {
  average: 'Average',
  sum: 'Sum',
  minimum: 'Minimum',
  maximum: 'Maximum',
  samples: 'SampleCount',
  p50: 'p50',
  p90: 'p90',
  p95: 'p95',
  p99: 'p99',
};

/** Limit of GetMetricData. */
const QUERIES_PER_CALL = 500;
const CALLS_AT_ONCE = 4;
const DAY = 86_400;
const HOUR = 3600;

/** Finest period kept for data of an age (CloudWatch, "Metrics retention"): 60 s 15 days, 5 min 63 days, 1 h 455 days. */
function periodFor(wanted: number, ageDays: number): number {
  const finest = ageDays > 63 ? HOUR : ageDays > 15 ? 300 : 60;
  return Math.max(finest, Math.ceil(wanted / finest) * finest);
}

interface Planned {
  readonly index: number;
  readonly row: MetricRow;
  readonly region: string;
  readonly period: number;
  readonly resource: ResourceRef;
  readonly statistic: Statistic;
}

function plan(request: MetricRequest, now: number): Planned[] {
  const ageDays = (now - Date.parse(request.from)) / (DAY * 1000);
  return request.targets.map(({ resource, metric, statistic }, index) => {
    const row = ROWS.get(`${resource.type} ${metric}`);
    if (!row)
      throw invalidInput([
        { field: `targets.${index}.metric`, message: `${metric} is not a metric of ${resource.type}` },
      ]);
    const period = row.daily
      ? Math.max(DAY, periodFor(request.periodSeconds, ageDays))
      : periodFor(request.periodSeconds, ageDays);
    return { index, row, region: resource.region, period, resource, statistic };
  });
}

function query(planned: Planned, id: string): MetricDataQuery {
  const { row, resource, period, statistic } = planned;
  const [namespace, metric] = row.place(resource);
  const dimensions = Object.entries(row.dimensions(resource));
  if (row.search) {
    const schema = [namespace, ...row.search.map((name) => (/\s/.test(name) ? `"${name}"` : name))].join(',');
    const wanted = dimensions.map(([name, value]) => `"${name}"="${value}"`).join(' ');
    const found = `SEARCH('{${schema}} MetricName="${metric}" ${wanted}', '${STATISTICS[statistic]}', ${period})`;
    return { Id: id, ReturnData: true, Expression: `SUM(${found})`, Period: period };
  }
  return {
    Id: id,
    ReturnData: true,
    MetricStat: {
      Metric: {
        Namespace: namespace,
        MetricName: metric,
        Dimensions: dimensions.map(([Name, Value]) => ({ Name, Value })),
      },
      Period: period,
      Stat: STATISTICS[statistic],
    },
  };
}

interface Collected {
  readonly points: Map<number, number>;
  complete: boolean;
}

/** One call's worth of series of one region, all pages merged: a series may go on over several. */
async function readBatch(
  session: AwsSession,
  region: string,
  batch: readonly Planned[],
  request: MetricRequest,
): Promise<Map<number, Collected>> {
  const cloudwatch = await session.open(CLOUDWATCH, region);
  const collected = new Map<number, Collected>(
    batch.map((p) => [p.index, { points: new Map(), complete: false }]),
  );
  const MetricDataQueries = batch.map((p, i) => query(p, `q${i}`));
  const input = {
    MetricDataQueries,
    StartTime: new Date(request.from),
    EndTime: new Date(request.to),
    ScanBy: 'TimestampAscending' as const,
  };
  const found = cloudwatch.pages('GetMetricData', async (NextToken) => {
    const answer = await cloudwatch.send(new cloudwatch.sdk.GetMetricDataCommand({ ...input, NextToken }), {
      signal: request.signal,
    });
    return { items: answer.MetricDataResults ?? [], next: answer.NextToken };
  });
  for await (const results of found) {
    for (const series of results) {
      const planned = batch[Number(series.Id?.slice(1))];
      const target = planned && collected.get(planned.index);
      if (!target) continue;
      series.Timestamps?.forEach((at, i) => {
        const value = series.Values?.[i];
        if (value !== undefined) target.points.set(at.getTime(), value);
      });
      // Later pages finish what earlier ones began.
      target.complete = series.StatusCode === undefined || series.StatusCode === 'Complete';
    }
  }
  return collected;
}

function checkTimes(request: MetricRequest): void {
  const from = Date.parse(request.from);
  const to = Date.parse(request.to);
  if (Number.isNaN(from) || Number.isNaN(to) || from >= to)
    throw invalidInput([{ field: 'from', message: 'must be an instant before to' }]);
  if (!(request.periodSeconds >= 1))
    throw invalidInput([{ field: 'periodSeconds', message: 'must be at least 1' }]);
}

/** Reads metrics; see the contract. */
export async function readMetrics(session: AwsSession, request: MetricRequest): Promise<MetricSeries[]> {
  checkTimes(request);
  const planned = plan(request, session.clock.now());
  const byRegion = Map.groupBy(planned, (p) => p.region);
  const batches = [...byRegion].flatMap(([region, all]) =>
    Array.from({ length: Math.ceil(all.length / QUERIES_PER_CALL) }, (_, i) => ({
      region,
      batch: all.slice(i * QUERIES_PER_CALL, (i + 1) * QUERIES_PER_CALL),
    })),
  );
  const answers = await mapLimited(batches, CALLS_AT_ONCE, ({ region, batch }) =>
    readBatch(session, region, batch, request),
  );
  const collected = new Map(answers.flatMap((answer) => [...answer]));
  return planned.map((p) => {
    const found = collected.get(p.index);
    const points = [...(found?.points ?? [])]
      .sort(([a], [b]) => a - b)
      .map(([at, value]) => ({ at: new Date(at).toISOString(), value }));
    return {
      nativeId: p.resource.nativeId,
      metric: p.row.id,
      statistic: p.statistic,
      unit: p.row.unit,
      periodSeconds: p.period,
      points,
      complete: found?.complete ?? false,
    };
  });
}
