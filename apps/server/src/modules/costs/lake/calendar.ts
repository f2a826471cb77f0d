import { COST_COLUMNS, type CostColumn } from '../focus/columns.ts';
import { literal } from './duck.ts';
import { DECIMAL_SQL, SCALE } from './money.ts';
import { DAILY_DIMENSIONS, SERIES_DIMENSIONS } from './schema.ts';

/**
 * The layout of a calendar: one row for each combination of dimensions and month of charges, with a column for each day
 * of the month and each kind of cost. Bills repeat themselves, so it has few rows, and a sum over days is one over
 * columns: no join, no grouping by day. Columns of a row:
 *
 * - `ChargeMonth`, its first day, and the dimensions
 * - `ChargeDays`, bit `d - 1` for each day `d` that has line items; 0 in a day's column is "nothing" without it
 * - `LineItems` and the costs (`BilledCost` …) of the month, `DECIMAL(38,18)`
 * - `LineItems_1` … `LineItems_31`, `BilledCost_1` … and so on: those of each day; costs narrower where all of the file fit
 */
export const MONTH_DAYS: readonly number[] = Array.from({ length: 31 }, (_, i) => i + 1);

/** Days as bits of `ChargeDays`. */
export const WHOLE_MONTH = 2 ** 31 - 1;

export function dayBit(day: number): number {
  return 2 ** (day - 1);
}

function hasDay(days: number, day: number): boolean {
  return Math.floor(days / dayBit(day)) % 2 === 1;
}

export function dayColumn(name: CostColumn | 'LineItems', day: number): string {
  return `${name}_${day}`;
}

/**
 * The cost of some days of a row. Added up pair by pair, so that wide types widen by few digits. DuckDB does not widen
 * a sum of 64 bits but fails where it overflows: what is stored so leaves room for a whole month (`narrowLimit`).
 */
export function costOfDays(name: CostColumn, days: number): string {
  if (days === WHOLE_MONTH) return name;
  const add = (terms: readonly string[]): string => {
    const [first = '0'] = terms;
    const half = terms.length >> 1;
    return half === 0 ? first : `(${add(terms.slice(0, half))} + ${add(terms.slice(half))})`;
  };
  return add(MONTH_DAYS.filter((day) => hasDay(days, day)).map((day) => dayColumn(name, day)));
}

export const CALENDAR_KINDS = ['summary', 'calendar'] as const;
/** `summary` has the dimensions of dashboards, `calendar` all of them. */
export type CalendarKind = (typeof CALENDAR_KINDS)[number];

const CALENDAR_DIMENSIONS: Readonly<Record<CalendarKind, readonly string[]>> = {
  summary: DAILY_DIMENSIONS,
  calendar: Object.keys(SERIES_DIMENSIONS),
};

/**
 * Widths that costs of a day are stored in: 64 bits are read and added several times faster than 128. Each holds what
 * has at most `scale` decimals and whose sum over a month fits the digits that are left; the last one holds everything.
 */
const NARROW_DIGITS = 18;
export const SCALES: readonly number[] = [12, 15, SCALE];

/** Largest cost of a day that 64 bits hold with so many decimals, as a decimal: 31 of them must fit together. */
function narrowLimit(scale: number): string {
  const units = String((10n ** BigInt(NARROW_DIGITS) - 1n) / BigInt(MONTH_DAYS.length));
  return `${units.slice(0, -scale)}.${units.slice(-scale)}`;
}

function dayCostType(scale: number): string {
  return scale === SCALE ? DECIMAL_SQL : `DECIMAL(${NARROW_DIGITS},${scale})`;
}

/**
 * The sums of each series (by its hash) and day, as `dayCostType(scale)`; null where one does not fit exactly.
 * A cast between decimals of 128 bits divides them bit by bit; by way of their text it takes a fifth of the time.
 */
export function daySums(from: string, hash: string, scale: number): string {
  const zeros = '0'.repeat(SCALE - scale);
  const costs = COST_COLUMNS.map((name) => {
    if (scale === SCALE) return name;
    const text = `${name}::VARCHAR`;
    return `CASE WHEN ends_with(${text}, '${zeros}') AND abs(${name}) <= ${narrowLimit(scale)} THEN TRY_CAST(${text} AS ${dayCostType(scale)}) END AS ${name}`;
  });
  const sums = COST_COLUMNS.map((name) => `coalesce(sum(${name}), 0) AS ${name}`).join(', ');
  return (
    `SELECT _hash, ChargeMonth, ChargeDay, LineItems, ${costs.join(', ')} FROM (` +
    `SELECT ${hash} AS _hash, date_trunc('month', ChargePeriodStart)::DATE AS ChargeMonth, day(ChargePeriodStart)::TINYINT AS ChargeDay, count(*) AS LineItems, ${sums} FROM ${from} GROUP BY 1, 2, 3)`
  );
}

/** Rows of a calendar by hash, with `LineItems_1` … beside the costs, from the sums by day. */
export function pivotDays(table: string, where: string, scale: number): string {
  const pack = ['ChargeDay', 'LineItems', ...COST_COLUMNS].map((name) => `${name} := ${name}`).join(', ');
  const totals = COST_COLUMNS.map((name) => `sum(${name})::${DECIMAL_SQL} AS ${name}`).join(', ');
  const at = MONTH_DAYS.map((day) => `_days[list_position(_order, ${day})] AS _d${day}`).join(', ');
  const names = ['LineItems', ...COST_COLUMNS] as const;
  const cells = names.flatMap((name) =>
    MONTH_DAYS.map(
      (day) =>
        `coalesce(_d${day}.${name}, 0::${name === 'LineItems' ? 'BIGINT' : dayCostType(scale)}) AS ${dayColumn(name, day)}`,
    ),
  );
  // One list of structures, so that a day keeps its costs whatever the order of rows.
  return (
    `SELECT _hash, ChargeMonth, ChargeDays, ${names.join(', ')}, ${cells.join(', ')} FROM (` +
    `SELECT *, ${at} FROM (SELECT *, list_transform(_days, lambda d: d.ChargeDay) AS _order FROM (` +
    `SELECT _hash, ChargeMonth, bit_or(1::INTEGER << (ChargeDay - 1)) AS ChargeDays, sum(LineItems)::BIGINT AS LineItems, ${totals}, list(struct_pack(${pack})) AS _days FROM ${table} WHERE ${where} GROUP BY 1, 2)))`
  );
}

/** Rows with the dimensions of dashboards from rows with all of them. Costs of days are as wide as they may become. */
export function summaryOf(calendar: string): string {
  const dimensions = DAILY_DIMENSIONS.join(', ');
  const days = MONTH_DAYS.flatMap((day) => [
    `sum(${dayColumn('LineItems', day)})::BIGINT AS ${dayColumn('LineItems', day)}`,
    ...COST_COLUMNS.map((name) => `sum(${dayColumn(name, day)}) AS ${dayColumn(name, day)}`),
  ]);
  const totals = COST_COLUMNS.map((name) => `sum(${name}) AS ${name}`).join(', ');
  return `SELECT ChargeMonth, ${dimensions}, bit_or(ChargeDays) AS ChargeDays, sum(LineItems)::BIGINT AS LineItems, ${totals}, ${days.join(', ')} FROM ${calendar} GROUP BY ChargeMonth, ${dimensions}`;
}

/** Whether every cost of a day in a summary that was added up from a narrow type still fits it, a month of them too. */
export function fitsNarrow(summary: string, scale: number): string {
  const cells = COST_COLUMNS.flatMap((name) => MONTH_DAYS.map((day) => `abs(${dayColumn(name, day)})`));
  return `SELECT coalesce(max(list_max([${cells.join(', ')}])), 0) <= ${narrowLimit(scale)} AS fits FROM ${summary}`;
}

/** The columns of a calendar file, costs of days as `dayCostType(scale)`. */
export function calendarColumns(kind: CalendarKind, scale: number): string {
  const costs = COST_COLUMNS.flatMap((name) =>
    MONTH_DAYS.map((day) => `${dayColumn(name, day)}::${dayCostType(scale)} AS ${dayColumn(name, day)}`),
  );
  const items = MONTH_DAYS.map((day) => dayColumn('LineItems', day));
  return [
    'ChargeMonth',
    ...CALENDAR_DIMENSIONS[kind],
    'ChargeDays',
    'LineItems',
    ...COST_COLUMNS,
    ...items,
    ...costs,
  ].join(', ');
}

/** Calendar files as one table. Files of another width are read apart: within one list the first file's type would count. */
export function calendarTable(files: readonly { path: string; scale: number }[]): string {
  const groups = SCALES.flatMap((scale) => {
    const paths = files.filter((file) => file.scale === scale).map((file) => literal(file.path));
    return paths.length === 0 ? [] : [`FROM read_parquet([${paths.join(', ')}], hive_partitioning = false)`];
  });
  return `(${groups.join(' UNION ALL ')})`;
}

/** A summary as the daily roll-up: `ChargeDay`, the dimensions, costs and `LineItems` of each day that has any. */
export function daysOfSummary(summary: string): string {
  const names = [...COST_COLUMNS, 'LineItems'] as const;
  const cells = names.map((name) => `unnest([${MONTH_DAYS.map((day) => dayColumn(name, day)).join(', ')}])`);
  const typed = (name: string, i: number): string =>
    `${cells[i] ?? ''}${name === 'LineItems' ? '' : `::${DECIMAL_SQL}`} AS ${name}`;
  return (
    `SELECT ChargeMonth + (_day - 1)::INTEGER AS ChargeDay, ${[...DAILY_DIMENSIONS, ...names].join(', ')} FROM (` +
    `SELECT ChargeMonth, ${DAILY_DIMENSIONS.join(', ')}, unnest(range(1, 32)) AS _day, ${names.map(typed).join(', ')} FROM ${summary}) WHERE LineItems > 0`
  );
}
