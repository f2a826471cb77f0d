import { WHOLE_MONTH, costOfDays } from '../lake/calendar.ts';
import type { CostColumn } from '../focus/columns.ts';
import { DECIMAL_SQL } from '../lake/money.ts';
import type { CalendarOf, Dialect, SqlText } from '../lake/store.ts';
import {
  Binder,
  METRIC_COLUMNS,
  NO_BUCKET,
  dimensionSql,
  filterSql,
  rankOf,
  type Conversion,
} from './compile.ts';
import type { MonthPattern, Slot } from './months.ts';
import type { CostQuestion, Dimension } from './question.ts';

/** A read of the calendars of the months of one pattern: one row per group with the sums of its slots. */
interface Branch {
  name: string;
  slots: readonly Slot[];
  sql: string;
}

/**
 * The answer of `aggregateSql`, to the last digit, from calendars: the rows of each pattern of months are grouped with a
 * sum per slot, the groups ranked and folded, and only what is left is spread out into buckets.
 */
export function calendarSql(
  question: CostQuestion,
  patterns: readonly MonthPattern[],
  calendarOf: CalendarOf,
  dialect: Dialect,
  conversion?: Conversion,
): SqlText | undefined {
  const binder = new Binder(dialect);
  const value = (dimension: Dimension): string => dimensionSql(dimension, dialect, binder, true);
  const names = question.groupBy.map((_, i) => `k${i}`);
  const keys = question.groupBy.map((dimension, i) => [`k${i}`, value(dimension)] as const);
  const filters = filterSql(question.filters, value, binder);
  const branches = branchesOf(patterns, calendarOf, dialect, {
    keys: { currency: 'BillingCurrency', ...Object.fromEntries(keys) },
    filters,
    amounts: ({ days }) => [exactSum(METRIC_COLUMNS[question.metric], days)],
  });
  if (branches.length === 0) return undefined;
  const all = ['currency', ...names].join(', ');
  const tables = branches.map(({ name, sql }) => `${name} AS MATERIALIZED (${sql})`);
  if (names.length === 0) {
    const rows = branches.map(({ name, slots }) => spread(name, slots, `${all}, 1 AS named`, dialect));
    return { sql: `WITH ${tables.join(', ')} ${summed(rows, all, dialect)}`, params: binder.params };
  }
  const totals = branches.map(({ name, slots }) => {
    const current = slots.flatMap((slot, i) => (slot.now === 0 ? [] : [`s${i}_0`]));
    return `SELECT ${all}, ${current.length === 0 ? dialect.decimal('0') : current.join(' + ')} AS amount FROM ${name}`;
  });
  const rank = rankOf(question, 'amount', dialect, binder, conversion);
  const ranked = `SELECT ${rank.groups}, row_number() OVER (${rank.partition}ORDER BY ${rank.order}) AS place FROM (${totals.join(' UNION ALL ')}) AS t GROUP BY ${rank.groups}`;
  const top = binder.bind(question.top, 'int');
  // The groups beyond the top need no names, so they are not looked up.
  const chosen = `SELECT ${rank.groups} FROM (${ranked}) AS r WHERE place <= ${top}`;
  const rows = branches.map(({ name, slots }) => {
    const month = hasMonth(slots) ? 'm, ' : '';
    const shown = names.map((name) => `CASE WHEN c.k0 IS NULL THEN '' ELSE b.${name} END AS ${name}`);
    const sums = slots.map((_, i) => `sum(s${i}_0)::${DECIMAL_SQL} AS s${i}_0`).join(', ');
    const on = rank.groups
      .split(', ')
      .map((n) => `b.${n} = c.${n}`)
      .join(' AND ');
    const folded = `(SELECT ${month}b.currency AS currency, (c.k0 IS NOT NULL)::INTEGER AS named, ${shown.join(', ')}, ${sums}, bit_or(d) AS d FROM ${name} AS b LEFT JOIN chosen AS c ON ${on} GROUP BY ALL)`;
    return spread(folded, slots, `${all}, named`, dialect);
  });
  return {
    sql: `WITH ${tables.join(', ')}, chosen AS MATERIALIZED (${chosen}) ${summed(rows, all, dialect)}`,
    params: binder.params,
  };
}

/** What a branch groups by, keeps and adds up. */
interface BranchParts {
  /** Expressions by name. */
  keys: Readonly<Record<string, string>>;
  filters: readonly string[];
  /** Sums of a slot, named `s<slot>_<i>`. */
  amounts: (slot: Slot) => readonly string[];
}

/**
 * One read per pattern: columns `m` (the month, if a slot needs it or `byMonth`), the keys, `s<slot>_<i>`, and `d`, the
 * days that have line items.
 */
export function branchesOf(
  patterns: readonly MonthPattern[],
  calendarOf: CalendarOf,
  dialect: Dialect,
  { keys, filters, amounts }: BranchParts,
  byMonth = false,
): Branch[] {
  return patterns.flatMap(({ months, slots }, number) => {
    const table = calendarOf(months);
    if (table === undefined) return [];
    const days = slots.reduce((bits, slot) => bits + slot.days, 0);
    const where = [
      `ChargeMonth IN (${months.map((month) => dialect.date(month)).join(', ')})`,
      ...(days === WHOLE_MONTH ? [] : [`(ChargeDays & ${days}) <> 0`]),
      ...filters,
    ];
    // Keys have names before they are grouped by: they are computed from bound values.
    const source = `(SELECT *, ${Object.entries(keys)
      .map(([name, sql]) => `${sql} AS ${name}`)
      .join(', ')} FROM ${table} WHERE ${where.join(' AND ')})`;
    const group = [...(byMonth || hasMonth(slots) ? ['ChargeMonth'] : []), ...Object.keys(keys)];
    const columns = [
      ...group.map((name) => (name === 'ChargeMonth' ? 'ChargeMonth AS m' : name)),
      ...slots.flatMap((slot, i) => amounts(slot).map((sum, n) => `${sum} AS s${i}_${n}`)),
      `bit_or(ChargeDays & ${days}) AS d`,
    ];
    const sql = `SELECT ${columns.join(', ')} FROM ${source} AS t GROUP BY ${group.join(', ')}`;
    return [{ name: `b${number}`, slots, sql }];
  });
}

/** Sum of a cost over some days, in the type of the store: widths differ from file to file. */
export function exactSum(name: CostColumn, days: number): string {
  return `sum(${costOfDays(name, days)})::${DECIMAL_SQL}`;
}

function hasMonth(slots: readonly Slot[]): boolean {
  return slots.some((slot) => slot.bucket !== 'none');
}

/** The slots of each row as rows of their own, without those that have no line items. */
function spread(from: string, slots: readonly Slot[], names: string, dialect: Dialect): string {
  const list = (of: (slot: Slot, i: number) => string): string => `unnest([${slots.map(of).join(', ')}])`;
  const none = dialect.date(NO_BUCKET);
  const bucket = ({ bucket: at }: Slot): string =>
    at === 'none' ? none : at === 'month' ? 'm' : `m + (${at})::INTEGER`;
  return (
    `SELECT * FROM (SELECT ${list((slot) => String(slot.now))} AS now, ${list(bucket)} AS bucket, ${names}, ` +
    `${list((_, i) => `s${i}_0`)} AS amount, ${list(({ days }) => `(d & ${days}) <> 0`)} AS present FROM ${from}) WHERE present`
  );
}

function summed(rows: readonly string[], names: string, dialect: Dialect): string {
  return (
    `SELECT now, ${dialect.text('bucket')} AS bucket, ${names}, named, ${dialect.text('sum(amount)')} AS amount ` +
    `FROM (${rows.join(' UNION ALL ')}) AS f GROUP BY now, f.bucket, ${names}, named ORDER BY now, f.bucket, ${names}, named`
  );
}
