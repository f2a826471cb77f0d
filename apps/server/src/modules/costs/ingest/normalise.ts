import { COST_COLUMNS, type FocusColumn } from '../focus/columns.ts';
import { literal } from '../lake/duck.ts';
import { DECIMAL_SQL } from '../lake/money.ts';
import { LINE_COLUMNS, duckType } from '../lake/schema.ts';
import { type PlainForm, plainOr, withPlain } from './plain.ts';
import { REPEATED_HEADER, type RefusalId, type RepairId, repairBit } from './rules.ts';

/** Differences between ids of a bill and ours. */
export interface BilledIds {
  /** Ids of resources are brought to lower case. */
  ignoreCase: boolean;
  /** The sub account that is written instead of others, e.g. `3f25…` for `/subscriptions/3f25…`. */
  account: { id: string; billedAs: readonly string[] };
}

/** How a file wants to be read where it leaves room for doubt. */
export interface ReadingOptions {
  /** "1.234,56" is a number with a decimal comma. Default: such numbers are refused. */
  decimalComma?: boolean;
  /** Order of dates with slashes. Default: such dates are refused. */
  dateOrder?: 'dmy' | 'mdy';
  /** How the provider's bills name what the inventory names otherwise. */
  ids?: BilledIds;
  /** Billing periods (`YYYY-MM`) that this import must not touch. */
  closedPeriods?: readonly string[];
}

/** One column of the source table `_s0, _s1, …`: its position, DuckDB type, and name in the file. */
export interface SourceColumn {
  position: number;
  type: string;
  header: string;
}

/** Columns that are judged, derived or summed whether the file has them or not. */
const ALWAYS: ReadonlySet<string> = new Set([
  ...COST_COLUMNS,
  'BillingAccountId',
  'BillingCurrency',
  'BillingPeriodStart',
  'ChargePeriodStart',
]);

/** Names of the helper columns of a staged file; those of the superset begin with a capital or `x_`. */
export const HELPER_COLUMNS = ['_period', '_flags', '_reject', '_raw'] as const;

/**
 * The SELECT that turns source rows into staged rows: the columns of the superset that the file has, typed, and
 * `_period` (year × 100 + month), `_reject` (reason or null), `_flags` (bits of repairs), `_raw` (JSON array of the
 * source values of a refused row). Nested steps, so that nothing is worked out twice: times, the other values,
 * judgement, presentation.
 *
 * @param from table expression with columns `_s0 … _sN`
 * @param columns FOCUS column → source column, which may be one that `from` computes beside those of the file
 * @param all the columns of the file
 * @param plain the form of most rows, for which the tests are cheap; without it every row goes the careful way
 */
export function stagingSql(
  from: string,
  columns: ReadonlyMap<string, SourceColumn>,
  all: readonly SourceColumn[],
  options: ReadingOptions,
  plain?: PlainForm,
): string {
  const positions = new Set([...all, ...columns.values()].map((c) => c.position));
  const source = [...positions].map((position) => `_s${position}`).join(', ');
  // Columns that the file does not have are not written: the store reads them as null.
  const staged = LINE_COLUMNS.filter((c) => columns.has(c.name) || ALWAYS.has(c.name));
  const names = staged.map((c) => c.name);
  const parsed = staged.map((c) => {
    const from = columns.get(c.name);
    if (!from) return `NULL::${duckType(c)} AS ${c.name}`;
    const careful = valueSql(c, from, options);
    return `${plain ? plainOr(careful, c.name, from, plain) : careful} AS ${c.name}`;
  });
  const times = staged.flatMap((c) => {
    const from = columns.get(c.name);
    return from && c.type === 'datetime'
      ? [
          `, ${unlessPlain(timeSql(`_s${from.position}`, from.type, options), plain, 'NULL')} AS ${timeName(from)}`,
        ]
      : [];
  });
  const judged = names.map((name) =>
    name === 'BillingPeriodStart'
      ? "CASE WHEN BillingPeriodStart IS NULL THEN date_trunc('month', ChargePeriodStart) ELSE BillingPeriodStart END AS BillingPeriodStart"
      : name,
  );
  const closed = options.closedPeriods ?? [];
  const reject =
    closed.length === 0
      ? '_refusal'
      : `coalesce(_refusal, CASE WHEN strftime(BillingPeriodStart, '%Y-%m') IN (${closed.map(literal).join(', ')}) THEN 'period-closed' END)`;
  return (
    `SELECT ${names.join(', ')}, (year(BillingPeriodStart) * 100 + month(BillingPeriodStart))::INTEGER AS _period, _flags, ${reject} AS _reject, ` +
    `CASE WHEN ${reject} IS NOT NULL THEN to_json([${all.map((c) => `_s${c.position}::VARCHAR`).join(', ')}])::VARCHAR END AS _raw ` +
    `FROM (SELECT ${judged.join(', ')}, ${flagsSql(columns, options, plain)} AS _flags, ${unlessPlain(refusalSql(columns), plain, 'NULL')} AS _refusal, ${source} ` +
    `FROM (SELECT ${parsed.join(', ')}, ${source}${plain ? ', _plain' : ''} FROM (SELECT *${times.join('')} FROM ${plain ? withPlain(from, columns, plain) : from})))`
  );
}

/** What is worked out only for rows that are not plain. */
function unlessPlain(careful: string, plain: PlainForm | undefined, otherwise: string): string {
  return plain ? `CASE WHEN _plain THEN ${otherwise} ELSE ${careful} END` : careful;
}

function valueSql(column: FocusColumn, source: SourceColumn, options: ReadingOptions): string {
  const s = `_s${source.position}`;
  switch (column.type) {
    case 'decimal':
      return decimalSql(s, source.type, options);
    case 'datetime':
      return `CASE WHEN ${timeName(source)} BETWEEN TIMESTAMP '2000-01-01' AND TIMESTAMP '2100-01-01' THEN ${timeName(source)} END`;
    case 'json':
      return jsonSql(s, source.type, column.name === 'Tags' || column.name === 'AllocatedTags');
    case 'string': {
      const text = isText(source.type) ? s : `${s}::VARCHAR`;
      if (column.allowed) return canonicalSql(text, column.allowed);
      if (column.name === 'BillingCurrency')
        return `CASE WHEN ${text} = 'USD' OR ${text} = 'EUR' THEN ${text} ELSE upper(trim(${text})) END`;
      if (column.name === 'BillingAccountId')
        return `CASE WHEN contains(${text}, ' ') THEN nullif(trim(${text}), '') ELSE ${text} END`;
      return idSql(column.name, text, options.ids);
    }
  }
}

/** An id of a bill as ours. */
function idSql(column: string, text: string, ids: BilledIds | undefined): string {
  if (ids === undefined) return text;
  if (column === 'ResourceId' && ids.ignoreCase) return `lower(${text})`;
  const { id, billedAs } = ids.account;
  if (column !== 'SubAccountId' || billedAs.length === 0) return text;
  const names = billedAs.map((name) => literal(name.toLowerCase())).join(', ');
  return `CASE WHEN lower(${text}) IN (${names}) THEN ${literal(id)} ELSE ${text} END`;
}

export function isText(type: string): boolean {
  return type === 'VARCHAR';
}

function decimalSql(s: string, type: string, options: ReadingOptions): string {
  // A float is read through its shortest text: 0.1 becomes 0.1, not 0.1000000000000000055.
  if (!isText(type)) return `TRY_CAST(${/FLOAT|DOUBLE/.test(type) ? `${s}::VARCHAR` : s} AS ${DECIMAL_SQL})`;
  const text = options.decimalComma
    ? `CASE WHEN contains(${s}, ',') THEN replace(replace(${s}, '.', ''), ',', '.') ELSE ${s} END`
    : s;
  const slow = `TRY_CAST(${text} AS ${DECIMAL_SQL})`;
  if (options.decimalComma) return `CASE WHEN contains(${s}, '_') THEN NULL ELSE ${slow} END`;
  // Parsing straight to 128 bits costs five times a 64-bit parse. Short texts that cannot hold more
  // decimals than the 64-bit type (no sign, no exponent, a digit before the point) take that way.
  const fast = (type: string): string => `coalesce(TRY_CAST(${s} AS ${type})::${DECIMAL_SQL}, ${slow})`;
  return (
    // DuckDB reads 1_000 as a number; a bill does not write one so.
    `CASE WHEN contains(${s}, '_') THEN NULL WHEN strlen(${s}) > 17 OR contains(${s}, '-') OR starts_with(${s}, '.') THEN ${slow} ` +
    `WHEN strlen(${s}) <= 14 THEN ${fast('DECIMAL(18,12)')} ELSE ${fast('DECIMAL(18,15)')} END`
  );
}

function timeSql(s: string, type: string, options: ReadingOptions): string {
  let time: string;
  if (type === 'TIMESTAMP WITH TIME ZONE') time = `(${s} AT TIME ZONE 'UTC')`;
  else if (!isText(type)) time = `TRY_CAST(${s} AS TIMESTAMP)`;
  else {
    // A cast to TIMESTAMP is fast but passes over an offset in silence, so it is used only for the
    // lengths of a plain date, a date and time, the same with Z, and with milliseconds (as AWS writes).
    const zoned = `(TRY_CAST(${s} AS TIMESTAMPTZ) AT TIME ZONE 'UTC')`;
    const plain = `strlen(${s}) IN (10, 19) OR (strlen(${s}) = 20 AND ends_with(${s}, 'Z')) OR (strlen(${s}) = 23 AND regexp_full_match(substr(${s}, 20), '\\.\\d{3}'))`;
    // Azure leaves the seconds out (2024-09-01T00:00Z), which no cast takes together with a Z.
    const minutes = `CASE WHEN strlen(${s}) = 17 AND ends_with(${s}, 'Z') THEN TRY_CAST(substr(${s}, 1, 16) AS TIMESTAMP) END`;
    time = `CASE WHEN ${plain} THEN coalesce(TRY_CAST(${s} AS TIMESTAMP), ${zoned}) ELSE coalesce(${zoned}, ${minutes}) END`;
    if (options.dateOrder) {
      const day = options.dateOrder === 'dmy' ? '%d/%m/%Y' : '%m/%d/%Y';
      time = `coalesce(${time}, try_strptime(${s}, ['${day}', '${day} %H:%M:%S', '${day} %H:%M']))`;
    }
  }
  return time;
}

/** A column of times as they were read, before it is judged whether a bill can be of them. */
function timeName(source: SourceColumn): string {
  return `_t${source.position}`;
}

/** Keys like `" org"` beside `"org"`: a quote next to a space that belongs to a key. */
function paddedKey(s: string): string {
  return `(contains(${s}, '" ') OR contains(${s}, ' ":'))`;
}

function jsonSql(s: string, type: string, tags: boolean): string {
  if (!isText(type)) return `nullif(to_json(${s})::VARCHAR, '{}')`;
  const valid = `CASE WHEN ${s} IS NULL OR ${s} = '{}' THEN NULL WHEN starts_with(${s}, '{') AND json_valid(${s}) THEN ${s} WHEN json_valid(trim(${s})) AND json_type(trim(${s})) = 'OBJECT' THEN trim(${s}) END`;
  if (!tags) return valid;
  // Looked at only in texts that need it: what occurs more than once in an expression is worked out for every row.
  const padded = `CASE WHEN ${paddedKey(s)} THEN ${s} END`;
  // Scalar list functions, not a subquery: a correlated subquery would make a join of every row.
  const keys = `json_keys(${padded})`;
  const written = `CASE WHEN list_contains(${keys}, t) THEN t ELSE list_filter(${keys}, lambda k: trim(k) = t)[1] END`;
  const value = `json_extract_string(${padded}, '/' || replace(replace(${written}, '~', '~0'), '/', '~1'))`;
  const trimmed = `TRY(to_json(map_from_entries(list_transform(list_sort(list_distinct(list_transform(${keys}, lambda k: trim(k)))), lambda t: {'k': t, 'v': ${value}})))::VARCHAR)`;
  return `CASE WHEN ${paddedKey(s)} AND json_valid(${s}) AND starts_with(ltrim(${s}), '{') THEN ${trimmed} ELSE ${valid} END`;
}

function canonicalSql(text: string, allowed: readonly string[]): string {
  const cases = allowed
    .map((value) => `WHEN ${literal(value.toLowerCase())} THEN ${literal(value)}`)
    .join(' ');
  return `CASE lower(trim(${text})) ${cases} ELSE ${text} END`;
}

/** Repairs that a plain row can have had: JSON is looked at in every row. */
const JSON_REPAIRS: ReadonlySet<RepairId> = new Set(['json-dropped', 'tag-keys-trimmed']);

function flagsSql(
  columns: ReadonlyMap<string, SourceColumn>,
  options: ReadingOptions,
  plain: PlainForm | undefined,
): string {
  const conditions = new Map<RepairId, string[]>();
  const add = (id: RepairId, condition: string): void => {
    conditions.set(id, [...(conditions.get(id) ?? []), condition]);
  };
  for (const column of LINE_COLUMNS) {
    const source = columns.get(column.name);
    if (!source) continue;
    const s = `_s${source.position}`;
    const text = isText(source.type);
    if (column.allowed && text) add('value-case', `${column.name} <> ${s}`);
    if (isCost(column.name)) {
      if (text) add('rounded', roundedSql(s, column.name));
      if (text && options.decimalComma) add('decimal-comma', `contains(${s}, ',')`);
    } else if (column.type === 'decimal')
      add('optional-number-dropped', `(${column.name} IS NULL AND ${s} IS NOT NULL)`);
    if (column.type === 'json' && text) add('json-dropped', `(${column.name} IS NULL AND ${s} <> '{}')`);
    if (column.name === 'Tags' && text) add('tag-keys-trimmed', `(Tags <> ${s} AND ${paddedKey(s)})`);
    if (column.name.endsWith('PeriodEnd'))
      add('optional-time-dropped', `(${column.name} IS NULL AND ${s} IS NOT NULL)`);
    if (column.name === 'BillingCurrency' && text) add('currency-case', `BillingCurrency <> ${s}`);
    if (column.name === 'ChargePeriodStart' && text) {
      // The lengths of 2024-09-01, 2024-09-01 00:00 and 2024-09-01 00:00:00; a Z or offset adds to them.
      add('time-without-zone', `(strlen(${s}) IN (10, 16, 19) AND NOT ends_with(${s}, 'Z'))`);
      if (options.dateOrder) add('date-order', `contains(${s}, '/')`);
    }
  }
  add('billing-period-derived', 'BillingPeriodStart IS NULL');
  const terms = (ofJson: boolean): string =>
    [...conditions]
      .filter(([id]) => JSON_REPAIRS.has(id) === ofJson)
      .map(([id, list]) => `CASE WHEN ${list.join(' OR ')} THEN ${repairBit(id)} ELSE 0 END`)
      .concat('0')
      .join(' + ');
  const known = plain && !plain.zoned ? repairBit('time-without-zone') : 0;
  return `(${unlessPlain(terms(false), plain, String(known))} + ${terms(true)})::INTEGER`;
}

/** True when the text holds more decimals than the store. Only long or exponent forms are looked at twice. */
function roundedSql(s: string, column: string): string {
  const fine = 'DECIMAL(38,30)';
  return `CASE WHEN strlen(${s}) > 19 OR contains(${s}, '-') THEN coalesce(TRY_CAST(${s} AS ${fine}) <> TRY_CAST(${column} AS ${fine}), false) ELSE false END`;
}

function refusalSql(columns: ReadonlyMap<string, SourceColumn>): string {
  const s = (name: string): string => {
    const source = columns.get(name);
    return source ? `_s${source.position}` : 'NULL';
  };
  const header = columns.get('BilledCost');
  const cases: [string, RefusalId | typeof REPEATED_HEADER][] = [];
  if (header && isText(header.type))
    cases.push([`${s('BilledCost')} = ${literal(header.header)}`, REPEATED_HEADER]);
  cases.push(
    ['BillingAccountId IS NULL', 'billing-account-missing'],
    [
      "CASE WHEN contains(BillingAccountId, '+') THEN regexp_full_match(BillingAccountId, '\\d[.,]\\d+[eE]\\+\\d+') ELSE false END",
      'billing-account-damaged',
    ],
    ["BillingCurrency IS NULL OR BillingCurrency = ''", 'currency-missing'],
    [
      "CASE WHEN BillingCurrency = 'USD' OR BillingCurrency = 'EUR' THEN false ELSE NOT regexp_full_match(BillingCurrency, '[A-Z]{3}') END",
      'currency-invalid',
    ],
    [`BilledCost IS NULL AND ${s('BilledCost')} IS NULL`, 'billed-cost-missing'],
    ['BilledCost IS NULL', 'billed-cost-invalid'],
  );
  const others = COST_COLUMNS.filter((name) => name !== 'BilledCost' && columns.has(name));
  if (others.length > 0)
    cases.push([
      others.map((name) => `(${name} IS NULL AND ${s(name)} IS NOT NULL)`).join(' OR '),
      'cost-invalid',
    ]);
  cases.push(['ChargePeriodStart IS NULL', 'charge-period-invalid']);
  return `CASE ${cases.map(([condition, id]) => `WHEN ${condition} THEN ${literal(id)}`).join(' ')} END`;
}

function isCost(name: string): boolean {
  return (COST_COLUMNS as readonly string[]).includes(name);
}
