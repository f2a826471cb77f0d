import type { CostColumn } from '../focus/columns.ts';
import type { Dialect, ParamType, SqlText, TableKind } from '../lake/store.ts';
import { LINE_DIMENSIONS, type CostQuestion, type Dimension, type Period } from './question.ts';

export const METRIC_COLUMNS: Record<CostQuestion['metric'], CostColumn> = {
  billed: 'BilledCost',
  effective: 'EffectiveCost',
  list: 'ListCost',
  contracted: 'ContractedCost',
};

/** Columns of a dimension; a tag is `Tags` plus a key that is data. */
const COLUMNS: Record<Exclude<Dimension, `tag:${string}`>, string> = {
  // FOCUS 1.3 split ProviderName; either is there.
  provider: 'coalesce(ServiceProviderName, ProviderName)',
  billingAccount: 'BillingAccountId',
  account: 'coalesce(SubAccountId, BillingAccountId)',
  service: 'ServiceName',
  category: 'ServiceCategory',
  region: 'RegionId',
  chargeCategory: 'ChargeCategory',
  resource: 'ResourceId',
  resourceType: 'ResourceType',
  usageType: 'coalesce(x_UsageType, SkuMeter, ChargeDescription)',
  sku: 'SkuId',
  commitment: 'CommitmentDiscountId',
};

/** Collects bound values under names `p0, p1, …`. */
export class Binder {
  readonly params: SqlText['params'] = {};
  readonly #dialect: Dialect;
  constructor(dialect: Dialect) {
    this.#dialect = dialect;
  }
  bind(value: string | number, type: ParamType): string {
    const name = `p${Object.keys(this.params).length}`;
    this.params[name] = { type, value };
    return this.#dialect.param(name, type);
  }
}

function tagKey(dimension: Dimension): string | undefined {
  return dimension.startsWith('tag:') ? dimension.slice('tag:'.length) : undefined;
}

/** The smallest data that can answer: the roll-up, unless a dimension needs line items. */
export function sourceOf(dimensions: readonly Dimension[]): TableKind {
  const needsLines = (d: Dimension): boolean =>
    tagKey(d) !== undefined || (LINE_DIMENSIONS as readonly string[]).includes(d);
  return dimensions.some(needsLines) ? 'rows' : 'daily';
}

/** SQL text of a dimension's value, over line items or, `indexed`, over series; '' stands for "no value". */
export function dimensionSql(
  dimension: Dimension,
  dialect: Dialect,
  binder: Binder,
  indexed = false,
): string {
  const key = tagKey(dimension);
  if (key !== undefined) return `coalesce(${dialect.jsonValue('Tags', binder.bind(key, 'text'))}, '')`;
  if (indexed && dimension === 'usageType') return "coalesce(UsageType, '')";
  return `coalesce(${COLUMNS[dimension as keyof typeof COLUMNS]}, '')`;
}

export function filterSql(
  filters: CostQuestion['filters'],
  expression: (dimension: Dimension) => string,
  binder: Binder,
): string[] {
  return filters.map((filter) => {
    const values = filter.values.map((value) => binder.bind(value ?? '', 'text')).join(', ');
    return `${expression(filter.dimension)} ${filter.exclude ? 'NOT IN' : 'IN'} (${values})`;
  });
}

/** Stands in the bucket column where time does not divide the rows. */
export const NO_BUCKET = '1970-01-01';

/** Rough rates by currency, to rank groups of several currencies. */
export interface Conversion {
  weights: ReadonlyMap<string, string>;
}

/**
 * One statement that answers a question: exact sums by bucket, group and currency; groups beyond the
 * `top` largest of each currency are folded into one row per bucket. Rows of the
 * period compared with come along with `now` 0, those of days that may still grow with 2. Columns: now, bucket (`YYYY-MM-DD`), currency, named
 * (0 for the folded ones), k0 …, amount. Buckets stay dates until the end: text is slow to group by.
 *
 * @param conversion when amounts will be converted by dated rates: buckets are days whatever the grain
 */
export function aggregateSql(
  question: CostQuestion,
  compare: Period | undefined,
  kind: TableKind,
  from: string,
  dialect: Dialect,
  conversion?: Conversion,
): SqlText {
  const binder = new Binder(dialect);
  const base = tableBase(question, compare, kind, from, dialect, binder, conversion !== undefined);
  return {
    sql: rankedSql(question, `WITH base AS (${base})`, dialect, binder, conversion),
    params: binder.params,
  };
}

/** Expressions over the day of a row: which of two periods it is in, its bucket, and the condition of both periods. */
function time(
  question: CostQuestion,
  compare: Period | undefined,
  day: string,
  dialect: Dialect,
  binder: Binder,
  byDay: boolean,
): { now: string; bucket: string; scope: string } {
  const within = (period: Period): string =>
    `(${day} >= ${binder.bind(period.from, 'date')} AND ${day} < ${binder.bind(period.to, 'date')})`;
  const grain = byDay ? 'day' : question.grain;
  const constant = dialect.date(NO_BUCKET);
  const date = grain === 'total' ? constant : dialect.bucket(day, grain);
  const current = within(question);
  if (!compare) return { now: '1', bucket: date, scope: current };
  // 2: in the period, on a day that may still grow.
  const open = question.incompleteFrom
    ? `WHEN ${day} >= ${binder.bind(question.incompleteFrom, 'date')} AND ${current} THEN 2 `
    : '';
  return {
    now: `CASE ${open}WHEN ${current} THEN 1 ELSE 0 END`,
    // The earlier period is one total, unless its days are needed to convert it.
    bucket: byDay ? date : `CASE WHEN ${current} THEN ${date} ELSE ${constant} END`,
    scope: `(${current} OR ${within(compare)})`,
  };
}

/**
 * Sums over line items or the daily roll-up, in two levels: first by the raw columns, then by their values. A tag is
 * thus looked up once per distinct set of tags and not once per line item.
 */
function tableBase(
  question: CostQuestion,
  compare: Period | undefined,
  kind: TableKind,
  from: string,
  dialect: Dialect,
  binder: Binder,
  byDay: boolean,
): string {
  const day = kind === 'daily' ? 'ChargeDay' : dialect.dayOf('ChargePeriodStart');
  const dimensions = [...new Set([...question.groupBy, ...question.filters.map((f) => f.dimension)])];
  const rawColumns = new Map<Dimension, string>();
  dimensions.forEach((dimension, i) =>
    rawColumns.set(dimension, tagKey(dimension) === undefined ? `d${i}` : 'Tags'),
  );
  const plain = dimensions.filter((d) => tagKey(d) === undefined);
  const raw = plain.map((d) => `${dimensionSql(d, dialect, binder)} AS ${rawColumns.get(d)}`);
  if (dimensions.length > plain.length) raw.push('Tags');
  const { now, bucket, scope } = time(question, compare, day, dialect, binder, byDay);
  const valueOf = (dimension: Dimension): string =>
    tagKey(dimension) === undefined
      ? (rawColumns.get(dimension) ?? '')
      : dimensionSql(dimension, dialect, binder);
  // Plain filters cut line items before they are grouped, tag filters after.
  const rawFilter = filterSql(
    question.filters.filter((f) => tagKey(f.dimension) === undefined),
    (d) => dimensionSql(d, dialect, binder),
    binder,
  );
  const tagFilter = filterSql(
    question.filters.filter((f) => tagKey(f.dimension) !== undefined),
    valueOf,
    binder,
  );
  const inner =
    `SELECT ${now} AS now, ${bucket} AS bucket, BillingCurrency AS currency${raw.map((r) => `, ${r}`).join('')}, sum(${METRIC_COLUMNS[question.metric]}) AS amount ` +
    `FROM ${from} WHERE ${[scope, ...rawFilter].join(' AND ')} GROUP BY ${numbers(3 + raw.length)}`;
  const keys = question.groupBy.map((d, i) => `, ${valueOf(d)} AS k${i}`);
  return (
    `SELECT now, bucket, currency${keys.join('')}, sum(amount) AS amount FROM (${inner}) AS x ` +
    `${tagFilter.length > 0 ? `WHERE ${tagFilter.join(' AND ')} ` : ''}GROUP BY ${numbers(3 + keys.length)}`
  );
}

/** From the sums by group (`base`): the largest groups by name, the others folded. */
function rankedSql(
  question: CostQuestion,
  prefix: string,
  dialect: Dialect,
  binder: Binder,
  conversion: Conversion | undefined,
): string {
  const names = question.groupBy.map((_, i) => `k${i}`);
  if (names.length === 0)
    return `${prefix} SELECT now, ${dialect.text('bucket')} AS bucket, currency, 1 AS named, ${dialect.text('amount')} AS amount FROM base ORDER BY 1, 2, 3`;
  const list = names.join(', ');
  const rank = rankOf(question, 'CASE WHEN now > 0 THEN amount END', dialect, binder, conversion);
  const ranked = `SELECT ${rank.groups}, row_number() OVER (${rank.partition}ORDER BY ${rank.order}) AS place FROM base GROUP BY ${rank.groups}`;
  const on = [...names, ...(conversion ? [] : ['currency'])].map((n) => `b.${n} = r.${n}`).join(' AND ');
  const top = binder.bind(question.top, 'int');
  const shown = names.map((n) => `CASE WHEN r.place <= ${top} THEN b.${n} ELSE '' END AS ${n}`).join(', ');
  return (
    `${prefix}, ranked AS (${ranked}) ` +
    `SELECT now, ${dialect.text('bucket')} AS bucket, currency, named, ${list}, ${dialect.text('sum(amount)')} AS amount FROM (` +
    `SELECT b.now AS now, b.bucket AS bucket, b.currency AS currency, CASE WHEN r.place <= ${top} THEN 1 ELSE 0 END AS named, ${shown}, b.amount AS amount ` +
    `FROM base AS b JOIN ranked AS r ON ${on}) AS f GROUP BY now, f.bucket, currency, named, ${list} ORDER BY now, f.bucket, currency, named, ${list}`
  );
}

/**
 * How groups are ranked by the sum of `amount`: over all currencies, by rough rates, if amounts will be converted, else
 * within each currency. `groups` lists the names to group by.
 */
export function rankOf(
  question: CostQuestion,
  amount: string,
  dialect: Dialect,
  binder: Binder,
  conversion: Conversion | undefined,
): { groups: string; partition: string; order: string } {
  const list = question.groupBy.map((_, i) => `k${i}`).join(', ');
  const by = (value: string): string => `coalesce(sum(${value}), 0) DESC, ${list}`;
  if (!conversion)
    return { groups: `${list}, currency`, partition: 'PARTITION BY currency ', order: by(amount) };
  const cases = [...conversion.weights].map(
    ([currency, weight]) =>
      `WHEN currency = ${binder.bind(currency, 'text')} THEN ${dialect.decimal(binder.bind(weight, 'text'))}`,
  );
  return {
    groups: list,
    partition: '',
    order: by(dialect.times(`(${amount})`, `(CASE ${cases.join(' ')} END)`)),
  };
}

function numbers(count: number): string {
  return Array.from({ length: count }, (_, i) => i + 1).join(', ');
}
