import type {
  Datapoint,
  Dimension,
  DimensionFilter,
  GetMetricDataInput,
  GetMetricDataOutput,
  GetMetricStatisticsInput,
  GetMetricStatisticsOutput,
  ListMetricsInput,
  ListMetricsOutput,
  Metric,
  MetricDataQuery,
  MetricDataResult,
} from '@aws-sdk/client-cloudwatch';
import type { Output, RequestContext, ServiceDefinition } from '../../context.ts';
import { paginate } from '../../paging.ts';
import { unit } from '../../metrics/profiles.ts';
import { AwsError } from '../../wire/aws-error.ts';
import { findMetric, METRICS } from './catalogue.ts';
import { periodValues, statistic } from './series.ts';
import { furtherSource, searchedSource } from './further-sources.ts';
import { dimensionsOf, findSource, idsOf } from './sources.ts';

const DAY_MS = 86_400_000;
const invalid = (message: string): AwsError => new AwsError('InvalidParameterValueException', message);
const combination = (message: string): AwsError =>
  new AwsError('InvalidParameterCombinationException', message);
const validation = (message: string): AwsError => new AwsError('ValidationError', message, 400);

const PLAIN_STATISTICS = new Set(['SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum']);

function isPercentile(name: string): boolean {
  return /^p(\d{1,2}(\.\d{1,10})?|100)$/.test(name);
}

function checkPeriod(seconds: number | undefined): number {
  if (
    seconds === undefined ||
    !(
      seconds === 1 ||
      seconds === 5 ||
      seconds === 10 ||
      seconds === 30 ||
      (seconds > 0 && seconds % 60 === 0)
    )
  ) {
    throw validation(
      'The parameter Period must be greater than or equal to 60 and a multiple of 60, or one of 1, 5, 10, 30.',
    );
  }
  return seconds;
}

function dimensionMap(dimensions: readonly Dimension[] | undefined): ReadonlyMap<string, string> {
  return new Map((dimensions ?? []).map((d) => [d.Name ?? '', d.Value ?? '']));
}

interface Range {
  readonly from: number;
  readonly to: number;
}

function readRange(start: Date | undefined, end: Date | undefined): Range {
  if (!start || !end) throw validation('The parameters StartTime and EndTime are required.');
  if (start >= end) throw validation('The parameter StartTime must be less than the parameter EndTime.');
  return { from: start.getTime(), to: end.getTime() };
}

/** Older data is kept coarser only: 60 s for 15 days, 5 min for 63 days, 1 h for 455 days. */
function retention(range: Range, now: number, seconds: number): { from: number; seconds: number } {
  const age = (now - range.from) / DAY_MS;
  const coarsest = age > 63 ? 3600 : age > 15 ? 300 : 60;
  return { from: Math.max(range.from, now - 455 * DAY_MS), seconds: Math.max(seconds, coarsest) };
}

const MAX_DATAPOINTS = 1440;

/** A number that puts datapoints out of order, as the service does. */
function shuffle(at: number): number {
  return unit(0x51ed270b, Math.floor(at / 60_000));
}

/** Statistics of one metric. Datapoints come unordered; stamps start at StartTime rounded down to the minute. */
function getMetricStatistics(
  input: GetMetricStatisticsInput,
  context: RequestContext,
): Output<GetMetricStatisticsOutput> {
  const seconds = checkPeriod(input.Period);
  const range = readRange(input.StartTime, input.EndTime);
  const plain = input.Statistics ?? [];
  const extended = input.ExtendedStatistics ?? [];
  if (plain.length === 0 && extended.length === 0)
    throw combination('At least one of the parameters Statistics and ExtendedStatistics must be specified.');
  if (plain.length > 0 && extended.length > 0)
    throw combination('You must specify either Statistics or ExtendedStatistics, but not both.');
  for (const name of plain)
    if (!PLAIN_STATISTICS.has(name))
      throw invalid(
        `The value ${name} for parameter Statistics is not supported. Percentiles are only available through ExtendedStatistics.`,
      );
  for (const name of extended)
    if (!isPercentile(name))
      throw invalid(`The value ${name} for parameter ExtendedStatistics is not supported.`);
  const points = Math.ceil((range.to - range.from) / 1000 / seconds);
  if (points > MAX_DATAPOINTS) {
    throw combination(
      `You have requested up to ${points} datapoints, which exceeds the limit of ${MAX_DATAPOINTS}. You may reduce the datapoints requested by increasing Period, or decreasing the time range.`,
    );
  }
  const name = input.MetricName ?? '';
  const namespace = input.Namespace ?? '';
  const metric = findMetric(namespace, name);
  const found = metric && findAny(context, namespace, name, dimensionMap(input.Dimensions));
  if (!metric || !found || (input.Unit !== undefined && input.Unit !== metric.unit))
    return { Label: name, Datapoints: [] };
  const kept = retention(range, context.now, seconds);
  const from = Math.floor(kept.from / 60_000) * 60_000;
  const datapoints: Datapoint[] = [];
  for (const { start, values } of periodValues(
    found,
    metric,
    from,
    range.to,
    kept.seconds * 1000,
    context.now,
  )) {
    datapoints.push({
      Timestamp: new Date(start),
      Unit: metric.unit as Datapoint['Unit'] & string,
      ...Object.fromEntries(plain.map((s) => [s, statistic(s, values)])),
      ...(extended.length > 0
        ? { ExtendedStatistics: Object.fromEntries(extended.map((s) => [s, statistic(s, values)])) }
        : {}),
    });
  }
  datapoints.sort((a, b) => shuffle(a.Timestamp?.getTime() ?? 0) - shuffle(b.Timestamp?.getTime() ?? 0));
  return { Label: name, Datapoints: datapoints };
}

const MAX_QUERIES = 500;

function checkQueries(queries: readonly MetricDataQuery[]): void {
  if (queries.length === 0) throw validation('The parameter MetricDataQueries must not be empty.');
  if (queries.length > MAX_QUERIES)
    throw validation(`The collection MetricDataQueries must not have a size greater than ${MAX_QUERIES}.`);
  const seen = new Set<string>();
  for (const { Id: id = '', MetricStat: stat, Expression: expression } of queries) {
    if (!/^[a-z][a-zA-Z0-9_]*$/.test(id))
      throw validation(
        `The value ${id} for parameter MetricDataQueries.member.Id is not matching the expected pattern ^[a-z][a-zA-Z0-9_]*$.`,
      );
    if (seen.has(id))
      throw validation(`The values for parameter Id in MetricDataQueries are not unique: ${id}.`);
    seen.add(id);
    if (expression !== undefined) {
      if (stat || !readSearch(expression))
        throw validation(`Error in expression '${id}': only the sum of a search is simulated.`);
      continue;
    }
    if (!stat) throw validation(`Exactly one of MetricStat and Expression must be specified for Id ${id}.`);
    checkPeriod(stat.Period);
    if (!PLAIN_STATISTICS.has(stat.Stat ?? '') && !isPercentile(stat.Stat ?? ''))
      throw validation(`The value ${stat.Stat ?? ''} for parameter Stat is not supported.`);
  }
}

/** What a sum of a search asks for. */
interface Search {
  readonly namespace: string;
  readonly schema: readonly string[];
  readonly metric: string;
  readonly dimensions: ReadonlyMap<string, string>;
  readonly statistic: string;
  readonly seconds: number;
}

/** Reads `SUM(SEARCH('{namespace,dimension,…} MetricName="…" "dimension"="value"', 'Statistic', period))`. */
function readSearch(expression: string): Search | undefined {
  const [, inside = '', statistic = '', seconds = ''] =
    /^SUM\(SEARCH\('(.+)', '(\w+)', (\d+)\)\)$/.exec(expression) ?? [];
  const [, head = '', rest = ''] = /^\{([^}]+)\} (.+)$/.exec(inside) ?? [];
  const [namespace = '', ...schema] = head.split(',').map((part) => part.replaceAll('"', ''));
  const terms = new Map(
    [...rest.matchAll(/"?([^"=]+?)"?="([^"]*)"/g)].map((m) => [(m[1] ?? '').trim(), m[2] ?? ''] as const),
  );
  const metric = terms.get('MetricName');
  terms.delete('MetricName');
  if (!metric || namespace === '') return undefined;
  return { namespace, schema, metric, dimensions: terms, statistic, seconds: Number(seconds) };
}

/** The source, metric, period and statistic of a query; undefined when nothing sends it. */
function targetOf(query: MetricDataQuery, context: RequestContext) {
  const search = query.Expression === undefined ? undefined : readSearch(query.Expression);
  if (search) {
    const { namespace, schema, metric: name, dimensions, statistic, seconds } = search;
    const metric = findMetric(namespace, name);
    const source = metric && searchedSource(context, namespace, schema, dimensions);
    return metric && source && { metric, source, statistic, seconds };
  }
  const stat = query.MetricStat;
  const namespace = stat?.Metric?.Namespace ?? '';
  const name = stat?.Metric?.MetricName ?? '';
  const metric = findMetric(namespace, name);
  const source = metric && findAny(context, namespace, name, dimensionMap(stat?.Metric?.Dimensions));
  if (!metric || !source || (stat?.Unit !== undefined && stat.Unit !== metric.unit)) return undefined;
  return { metric, source, statistic: stat?.Stat ?? 'Average', seconds: stat?.Period ?? 300 };
}

function findAny(
  context: RequestContext,
  namespace: string,
  metric: string,
  dimensions: ReadonlyMap<string, string>,
) {
  return findSource(context, namespace, metric, dimensions) ?? furtherSource(context, namespace, dimensions);
}

function answer(
  query: MetricDataQuery,
  range: Range,
  ascending: boolean,
  context: RequestContext,
): MetricDataResult {
  const name = query.MetricStat?.Metric?.MetricName ?? query.Id ?? '';
  const result = { Id: query.Id, Label: query.Label ?? name, StatusCode: 'Complete' as const };
  const target = targetOf(query, context);
  if (!target) return { ...result, Timestamps: [], Values: [] };
  const { metric, source } = target;
  const kept = retention(range, context.now, target.seconds);
  const periodMs = kept.seconds * 1000;
  // GetMetricData aligns periods to multiples of the period.
  const from = Math.floor(kept.from / periodMs) * periodMs;
  const points = [...periodValues(source, metric, from, range.to, periodMs, context.now)];
  if (!ascending) points.reverse();
  return {
    ...result,
    Timestamps: points.map((p) => new Date(p.start)),
    Values: points.map((p) => statistic(target.statistic, p.values)),
  };
}

const MAX_POINTS_PER_PAGE = 100_800;

/** Up to 500 metrics at once, newest first; long answers come in pages of whole results. */
function getMetricData(input: GetMetricDataInput, context: RequestContext): Output<GetMetricDataOutput> {
  const queries = input.MetricDataQueries ?? [];
  checkQueries(queries);
  const range = readRange(input.StartTime, input.EndTime);
  const shown = queries.filter((q) => q.ReturnData !== false);
  const shortest = Math.min(...shown.map((q) => q.MetricStat?.Period ?? q.Period ?? 300));
  const each = Math.max(1, Math.ceil((range.to - range.from) / 1000 / shortest));
  const { NextToken: token, MaxDatapoints: maximum, ...parameters } = input;
  const limit = Math.max(1, Math.floor(Math.min(maximum ?? MAX_POINTS_PER_PAGE, MAX_POINTS_PER_PAGE) / each));
  const invalidToken = (): AwsError => new AwsError('InvalidNextToken', 'The token is not valid', 400);
  const page = paginate(
    shown,
    { token, limit, defaultLimit: limit, parameters, keyOf: (q) => q.Id ?? '', invalidToken },
    context,
  );
  const ascending = input.ScanBy === 'TimestampAscending';
  return {
    MetricDataResults: page.items.map((q) => answer(q, range, ascending, context)),
    Messages: [],
    NextToken: page.nextToken,
  };
}

function matchesFilter(metric: Metric, filters: readonly DimensionFilter[]): boolean {
  return filters.every((f) =>
    metric.Dimensions?.some((d) => d.Name === f.Name && (f.Value === undefined || d.Value === f.Value)),
  );
}

const LIST_PAGE = 500;

/** Metrics that exist, in pages of 500. */
function listMetrics(input: ListMetricsInput, context: RequestContext): Output<ListMetricsOutput> {
  const namespaces = input.Namespace === undefined ? Object.keys(METRICS) : [input.Namespace];
  const filters = input.Dimensions ?? [];
  const metrics = namespaces.flatMap((namespace) => {
    const names = (Object.hasOwn(METRICS, namespace) ? (METRICS[namespace] ?? []) : [])
      .map((m) => m.name)
      .filter((n) => input.MetricName === undefined || n === input.MetricName);
    const wanted =
      filters.length === 1 && filters[0]?.Value !== undefined && namespace !== 'AWS/S3'
        ? filters[0].Value
        : undefined;
    const ids =
      names.length === 0
        ? []
        : idsOf(context, namespace).filter((id) => wanted === undefined || id === wanted);
    return names.flatMap((MetricName) =>
      ids.map((id): Metric => ({
        Namespace: namespace,
        MetricName,
        Dimensions: dimensionsOf(namespace, MetricName, id).map(([Name, Value]) => ({ Name, Value })),
      })),
    );
  });
  const matching = filters.length === 0 ? metrics : metrics.filter((m) => matchesFilter(m, filters));
  const { NextToken: token, ...parameters } = input;
  const page = paginate(
    matching,
    {
      token,
      limit: LIST_PAGE,
      defaultLimit: LIST_PAGE,
      parameters,
      keyOf: (m) => `${m.Namespace}/${m.MetricName}/${m.Dimensions?.map((d) => d.Value).join('/')}`,
      invalidToken: () => invalid('The token is not valid'),
    },
    context,
  );
  return { Metrics: [...page.items], NextToken: page.nextToken };
}

/** Amazon CloudWatch: series generated from load and history, without stored points. */
export const monitoring: ServiceDefinition = {
  iamPrefix: 'cloudwatch',
  handlers: {
    GetMetricData: getMetricData,
    GetMetricStatistics: getMetricStatistics,
    ListMetrics: listMetrics,
  },
};
