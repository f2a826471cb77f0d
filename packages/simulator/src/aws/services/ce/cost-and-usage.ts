import type {
  DimensionValuesWithAttributes,
  GetCostAndUsageRequest,
  GetCostAndUsageResponse,
  GetDimensionValuesRequest,
  GetDimensionValuesResponse,
  GetTagsRequest,
  GetTagsResponse,
  ResultByTime,
} from '@aws-sdk/client-cost-explorer';
import type { Output, RequestContext } from '../../context.ts';
import { closedUntil, type LedgerLine } from '../../ledger/ledger.ts';
import type { Account } from '../../world.ts';
import { paginate, type Page } from '../../paging.ts';
import { AwsError } from '../../wire/aws-error.ts';
import { aggregate, keyOf, ledgersOf, METRICS, metricsOf, type Sums } from './aggregate.ts';
import { compile, dimension, validation } from './expression.ts';
import { checkHistory, cut, readInterval, type Period } from './periods.ts';

/** Groups on a page of an answer. */
const PAGE_SIZE = 1000;

/** A token of another request is told apart from one that is no token at all. */
function badToken(token: string | undefined): AwsError {
  try {
    JSON.parse(Buffer.from(token ?? '', 'base64url').toString('utf8'));
    return new AwsError(
      'RequestChangedException',
      'Your request parameters changed between pages. Try again with the old parameters or without a pagination token.',
      400,
    );
  } catch {
    return new AwsError(
      'InvalidNextTokenException',
      'The pagination token is invalid. Try again without a pagination token.',
      400,
    );
  }
}

function pageOf<T>(
  items: readonly T[],
  input: { NextPageToken?: string | undefined },
  size: number,
  key: (item: T) => string,
  context: RequestContext,
): Page<T> {
  const { NextPageToken: token, ...parameters } = input;
  return paginate(
    items,
    { token, limit: size, defaultLimit: size, parameters, keyOf: key, invalidToken: () => badToken(token) },
    context,
  );
}

function checkMetrics(metrics: readonly string[] | undefined): readonly string[] {
  if (!metrics || metrics.length === 0) throw validation('Metrics must not be empty');
  for (const metric of metrics) {
    if (!(METRICS as readonly string[]).includes(metric))
      throw validation(`Metrics ${metric} is not supported. Valid values are ${METRICS.join(', ')}`);
  }
  return [...new Set(metrics)];
}

/** An entry of the flat listing that is cut into pages: a group in a period, or a period as such. */
interface Entry {
  readonly period: number;
  readonly sums: Sums | undefined;
}

function entriesOf(periods: readonly Period[], groups: readonly Sums[]): Entry[] {
  return periods.flatMap((_, period): Entry[] => {
    const present = groups.filter((g) => g.present[period] === 1);
    // A period without charges is listed with no groups.
    return present.length > 0 ? present.map((sums) => ({ period, sums })) : [{ period, sums: undefined }];
  });
}

function collect(
  entries: readonly Entry[],
  periods: readonly Period[],
  metrics: readonly string[],
  grouped: boolean,
): ResultByTime[] {
  const results: ResultByTime[] = [];
  let last = -1;
  for (const { period, sums } of entries) {
    const info = periods[period];
    if (!info) continue;
    if (period !== last) {
      results.push({
        TimePeriod: info.label,
        Total: grouped ? {} : metricsOf(sums, period, metrics),
        Groups: [],
        Estimated: info.estimated,
      });
      last = period;
    }
    if (grouped && sums)
      results.at(-1)?.Groups?.push({ Keys: [...sums.keys], Metrics: metricsOf(sums, period, metrics) });
  }
  return results;
}

function accountAttributes(
  values: Iterable<string>,
  context: RequestContext,
): DimensionValuesWithAttributes[] {
  return [...values].map((id) => ({
    Value: id,
    Attributes: { description: context.world.accounts.get(id)?.name ?? '' },
  }));
}

interface Remembered {
  readonly question: string;
  readonly groups: Sums[];
}

const REMEMBERED = 8;
const answers = new WeakMap<Account, Remembered[]>();

/** The sums of a question; the last few are kept, since every page of an answer asks the same. */
function groupsOf(
  input: GetCostAndUsageRequest,
  context: RequestContext,
  periods: readonly Period[],
  hours: { from: number; to: number } | undefined,
): Sums[] {
  const { NextPageToken: _token, Metrics: _metrics, ...rest } = input;
  const test = compile(input.Filter);
  const definitions = input.GroupBy ?? [];
  const question = JSON.stringify([closedUntil(context.account, context.now), rest]);
  const known = answers.get(context.account) ?? [];
  const found = known.find((a) => a.question === question);
  if (found) return found.groups;
  const groups = aggregate(ledgersOf(context, hours), periods, test, definitions);
  answers.set(context.account, [{ question, groups }, ...known].slice(0, REMEMBERED));
  return groups;
}

/** Costs by time and up to two groups. A page holds 1,000 groups; a period may be split over two pages. */
export function getCostAndUsage(
  input: GetCostAndUsageRequest,
  context: RequestContext,
): Output<GetCostAndUsageResponse> {
  const granularity = input.Granularity ?? 'MONTHLY';
  if (!['DAILY', 'MONTHLY', 'HOURLY'].includes(granularity))
    throw validation(`Granularity ${granularity} is not supported`);
  const hourly = granularity === 'HOURLY';
  const { from, to } = readInterval(input.TimePeriod, hourly);
  checkHistory(from, to, granularity, context.now);
  const metrics = checkMetrics(input.Metrics);
  const definitions = input.GroupBy ?? [];
  if (definitions.length > 2) throw validation('Only 2 GroupBy options are allowed');
  const periods = cut(from, to, granularity, context.now);
  const groups = groupsOf(input, context, periods, hourly ? { from, to } : undefined);
  const grouped = definitions.length > 0;
  const entries = grouped
    ? entriesOf(periods, groups)
    : periods.map((_, period) => ({ period, sums: groups[0] }));
  const page = pageOf(
    entries,
    input,
    PAGE_SIZE,
    (e) => `${e.period}/${e.sums?.keys.join('\u0000') ?? ''}`,
    context,
  );
  const byAccount = definitions.findIndex((d) => d.Type === 'DIMENSION' && d.Key === 'LINKED_ACCOUNT');
  const accounts =
    byAccount < 0 ? [] : accountAttributes(new Set(groups.map((g) => g.keys[byAccount] ?? '')), context);
  return {
    ...(grouped ? { GroupDefinitions: definitions } : {}),
    ResultsByTime: collect(page.items, periods, metrics, grouped),
    DimensionValueAttributes: accounts,
    NextPageToken: page.nextToken,
  };
}

/** Values of lines charged in an interval, with their cost. */
function valuesIn(
  context: RequestContext,
  interval: { from: number; to: number },
  test: (line: LedgerLine) => boolean,
  value: (line: LedgerLine) => string | undefined,
): Map<string, number> {
  const found = new Map<string, number>();
  for (const ledger of ledgersOf(context)) {
    const first = Math.max(0, Math.floor((interval.from - ledger.start) / ledger.bucketMs));
    const last = Math.min(ledger.count, Math.ceil((interval.to - ledger.start) / ledger.bucketMs));
    for (const { line, nanos, units } of ledger.amounts(test)) {
      const name = value(line);
      if (name === undefined) continue;
      let cost = 0;
      let used = false;
      for (let i = first; i < last; i++) {
        cost += nanos[i] ?? 0;
        used ||= (nanos[i] ?? 0) !== 0 || (units[i] ?? 0) !== 0;
      }
      if (used) found.set(name, (found.get(name) ?? 0) + cost);
    }
  }
  return found;
}

function checkSize(size: number | undefined): number {
  if (size !== undefined && (!Number.isInteger(size) || size < 1))
    throw validation('MaxResults must be a positive integer');
  return Math.min(size ?? PAGE_SIZE, PAGE_SIZE);
}

function search(values: Map<string, number>, text: string | undefined, byCost: boolean): string[] {
  const lower = text?.toLowerCase() ?? '';
  const names = [...values.keys()].filter((name) => name.toLowerCase().includes(lower));
  return byCost ? names.sort((a, b) => (values.get(b) ?? 0) - (values.get(a) ?? 0)) : names.sort();
}

export function getDimensionValues(
  input: GetDimensionValuesRequest,
  context: RequestContext,
): Output<GetDimensionValuesResponse> {
  const interval = readInterval(input.TimePeriod);
  checkHistory(interval.from, interval.to, 'DAILY', context.now);
  const field = dimension(input.Dimension);
  const values = search(
    valuesIn(context, interval, compile(input.Filter), field),
    input.SearchString,
    (input.SortBy?.length ?? 0) > 0,
  );
  const { MaxResults: size, ...parameters } = input;
  const page = pageOf(values, parameters, checkSize(size), (v) => v, context);
  const attributes =
    input.Dimension === 'LINKED_ACCOUNT'
      ? accountAttributes(page.items, context)
      : page.items.map((Value) => ({ Value, Attributes: {} }));
  return {
    DimensionValues: attributes,
    ReturnSize: page.items.length,
    TotalSize: values.length,
    NextPageToken: page.nextToken,
  };
}

/** Tag keys, or the values of one; the empty value stands for untagged costs. */
export function getTags(input: GetTagsRequest, context: RequestContext): Output<GetTagsResponse> {
  const interval = readInterval(input.TimePeriod);
  checkHistory(interval.from, interval.to, 'DAILY', context.now);
  const test = compile(input.Filter);
  const key = input.TagKey;
  let found: Map<string, number>;
  if (key === undefined) {
    found = new Map();
    const keys = new Set<string>();
    valuesIn(context, interval, test, (line) => {
      for (const name of line.tags.keys()) keys.add(name);
      return undefined;
    });
    for (const name of keys) found.set(name, 0);
  } else {
    const field = keyOf({ Type: 'TAG', Key: key });
    found = valuesIn(context, interval, test, (line) => field(line).slice(key.length + 1));
  }
  const names = search(found, input.SearchString, (input.SortBy?.length ?? 0) > 0);
  const { MaxResults: size, ...parameters } = input;
  const page = pageOf(names, parameters, checkSize(size), (v) => v, context);
  return {
    Tags: [...page.items],
    ReturnSize: page.items.length,
    TotalSize: names.length,
    NextPageToken: page.nextToken,
  };
}
